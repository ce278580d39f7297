package dev.caravan.job;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes from the store what is older than it is kept. What still counts stays whatever its age: jobs that have not ended or left something
 * to be tidied up, and of each schedule the last time and the last success, by which missed and late runs are told. Several processes may do
 * it at once. Thread-safe.
 */
public final class Pruning {
    private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);
    /** Of a job with many tables many rows go at once, and the store has one writer. */
    private static final int JOBS_AT_ONCE = 20;

    private static final String OLD_JOBS = "DELETE FROM copy_job WHERE id IN (SELECT j.id FROM copy_job j"
            + " WHERE j.state IN (" + JobMoves.in(JobState.ended()) + ") AND j.finished_at < ? AND j.mark IS NULL"
            + " AND (j.schedule IS NULL OR j.state <> 'SUCCEEDED' OR EXISTS (SELECT 1 FROM copy_job later"
            + " WHERE later.schedule = j.schedule AND later.state = 'SUCCEEDED' AND later.ordinal > j.ordinal))"
            + " ORDER BY j.ordinal LIMIT " + JOBS_AT_ONCE + ")";
    private static final String OLD_FIRES = "DELETE FROM schedule_fire WHERE fire_at < ?"
            + " AND outcome IN ('STARTED', 'SKIPPED', 'REFUSED') AND EXISTS (SELECT 1 FROM schedule_fire later"
            + " WHERE later.schedule = schedule_fire.schedule AND later.fire_at > schedule_fire.fire_at)";
    private static final String OLD_SCANS = "DELETE FROM pii_scan WHERE ended_at < ?";
    private static final String OLD_EVENTS = "DELETE FROM audit_event WHERE happened_at < ?";

    private final StoreDatabase database;
    private final Retention retention;
    private final Clock clock;

    Pruning(StoreDatabase database, Retention retention, Clock clock) {
        this.database = database;
        this.retention = retention;
        this.clock = clock;
    }

    /** Removes what has become too old. */
    public void prune() {
        List<String> removed = new ArrayList<>();
        retention.jobs().map(this::before).ifPresent(before -> {
            // A fire names its job, so it goes first; a job takes its tables, events and deliveries with it.
            note(removed, "times of schedules", delete(OLD_FIRES, before));
            note(removed, "jobs", deleteInSteps(before));
            note(removed, "searches for personal data", delete(OLD_SCANS, before));
        });
        retention
                .audit()
                .map(this::before)
                .ifPresent(before -> note(removed, "audit events", delete(OLD_EVENTS, before)));
        if (!removed.isEmpty()) {
            LOG.info("Removed from the store, as it is older than it is kept: {}", String.join(", ", removed));
        }
    }

    private static void note(List<String> removed, String what, int count) {
        if (count > 0) {
            removed.add(count + " " + what);
        }
    }

    private long before(Duration kept) {
        return clock.instant().minus(kept).toEpochMilli();
    }

    private int deleteInSteps(long before) {
        int all = 0;
        int some;
        do {
            some = delete(OLD_JOBS, before);
            all += some;
        } while (some == JOBS_AT_ONCE);
        return all;
    }

    private int delete(String sql, long before) {
        return database.transaction("removing what is old", connection -> Statements.update(connection, sql, before));
    }
}
