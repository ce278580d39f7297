package dev.caravan.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which ends of jobs are still to be told to which webhook. What is to be told is found by asking which ended jobs have no delivery
 * yet, so that no end is lost between two writes. Thread-safe, also between processes on PostgreSQL.
 */
public final class DeliveryStore {
    /** How long after its end a job may still become a delivery, when no process was there to see it end. */
    private static final Duration MEMORY = Duration.ofDays(7);
    /** How long it takes at most to try one delivery. */
    private static final Duration TRYING = Duration.ofMinutes(1);

    /**
     * @param id of the delivery, the same for every attempt
     * @param attempts how often it was tried, this time included
     */
    public record Delivery(String id, String webhook, String jobId, int attempts, Instant createdAt) {}

    private final StoreDatabase database;
    private final Clock clock;

    DeliveryStore(StoreDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Makes a declared webhook known; jobs that end from now on are told. */
    public void declare(String webhook) {
        update(
                "declaring a webhook",
                "INSERT INTO webhook (name, since) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                webhook,
                now());
    }

    /**
     * Makes a delivery of each job that ended in one of the states and has none for this webhook.
     *
     * @param schedules only runs of these; of all jobs when empty
     */
    public void announce(String webhook, Set<JobState> states, Set<String> schedules) {
        List<Object> values = new ArrayList<>(List.of(webhook, webhook, now() - MEMORY.toMillis()));
        values.addAll(schedules);
        String sql = "SELECT j.id FROM copy_job j WHERE j.state IN (" + JobMoves.in(states) + ")"
                + " AND NOT EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.webhook = ? AND d.job_id = j.id)"
                + " AND j.finished_at >= (SELECT since FROM webhook WHERE name = ?) AND j.finished_at >= ?"
                + (schedules.isEmpty() ? "" : " AND j.schedule IN (" + "?, ".repeat(schedules.size() - 1) + "?)")
                + " ORDER BY j.ordinal LIMIT 100";
        database.transaction("announcing ends of jobs", connection -> {
            List<String> ended = Statements.rows(connection, row -> row.getString(1), sql, values.toArray());
            for (String job : ended) {
                Statements.update(
                        connection,
                        "INSERT INTO webhook_delivery (id, webhook, job_id, state, attempts, created_at, next_at)"
                                + " VALUES (?, ?, ?, 'WAITING', 0, ?, ?) ON CONFLICT (webhook, job_id) DO NOTHING",
                        JobIds.next(clock.instant()),
                        webhook,
                        job,
                        now(),
                        now());
            }
            return ended.size();
        });
    }

    /** Takes the delivery that has waited longest past its time; nobody else gets it for a minute.
     *
     * @param webhooks only for these, of which there is at least one: another node may know more
     */
    public Optional<Delivery> take(Set<String> webhooks) {
        List<Object> values = new ArrayList<>(List.of(now() + TRYING.toMillis(), now()));
        values.addAll(webhooks);
        String sql = "UPDATE webhook_delivery SET attempts = attempts + 1, next_at = ? WHERE id = ("
                + "SELECT id FROM webhook_delivery WHERE state = 'WAITING' AND next_at <= ? AND webhook IN ("
                + "?, ".repeat(webhooks.size() - 1) + "?) ORDER BY next_at LIMIT 1"
                + database.dialect().skipLocked() + ") RETURNING id, webhook, job_id, attempts, created_at";
        return database.transaction(
                "taking a delivery",
                connection -> Statements.row(
                        connection,
                        row -> new Delivery(
                                row.getString("id"),
                                row.getString("webhook"),
                                row.getString("job_id"),
                                row.getInt("attempts"),
                                Instant.ofEpochMilli(row.getLong("created_at"))),
                        sql,
                        values.toArray()));
    }

    public void delivered(Delivery delivery) {
        end(delivery, "DELIVERED");
    }

    public void giveUp(Delivery delivery) {
        end(delivery, "GIVEN_UP");
    }

    private void end(Delivery delivery, String state) {
        update(
                "ending a delivery",
                "UPDATE webhook_delivery SET state = ? WHERE id = ? AND state = 'WAITING'",
                state,
                delivery.id());
    }

    public void tryAgain(Delivery delivery, Instant at) {
        update(
                "putting a delivery off",
                "UPDATE webhook_delivery SET next_at = ? WHERE id = ? AND attempts = ?",
                at.toEpochMilli(),
                delivery.id(),
                delivery.attempts());
    }

    private long now() {
        return clock.instant().toEpochMilli();
    }

    private int update(String doing, String sql, Object... values) {
        return database.transaction(doing, connection -> Statements.update(connection, sql, values));
    }
}
