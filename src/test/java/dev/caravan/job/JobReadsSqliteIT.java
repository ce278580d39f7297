package dev.caravan.job;

final class JobReadsSqliteIT extends JobReadsScenarios implements StoreKind.Sqlite {}
