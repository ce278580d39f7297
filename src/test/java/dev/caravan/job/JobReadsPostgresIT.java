package dev.caravan.job;

final class JobReadsPostgresIT extends JobReadsScenarios implements StoreKind.Postgres {}
