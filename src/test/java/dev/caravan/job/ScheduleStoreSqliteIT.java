package dev.caravan.job;

final class ScheduleStoreSqliteIT extends ScheduleStoreScenarios implements StoreKind.Sqlite {}
