package dev.caravan.job;

final class JobRacesSqliteIT extends JobRacesScenarios implements StoreKind.Sqlite {}
