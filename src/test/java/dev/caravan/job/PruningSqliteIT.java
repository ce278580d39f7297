package dev.caravan.job;

final class PruningSqliteIT extends PruningScenarios implements StoreKind.Sqlite {}
