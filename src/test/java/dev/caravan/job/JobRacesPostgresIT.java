package dev.caravan.job;

final class JobRacesPostgresIT extends JobRacesScenarios implements StoreKind.Postgres {}
