package dev.caravan.job;

final class ScheduleStorePostgresIT extends ScheduleStoreScenarios implements StoreKind.Postgres {}
