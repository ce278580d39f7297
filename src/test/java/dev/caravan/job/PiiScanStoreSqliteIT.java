package dev.caravan.job;

final class PiiScanStoreSqliteIT extends PiiScanStoreScenarios implements StoreKind.Sqlite {}
