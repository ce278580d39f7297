package dev.caravan.job;

final class PiiScanStorePostgresIT extends PiiScanStoreScenarios implements StoreKind.Postgres {}
