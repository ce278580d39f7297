package dev.caravan.job;

final class PruningPostgresIT extends PruningScenarios implements StoreKind.Postgres {}
