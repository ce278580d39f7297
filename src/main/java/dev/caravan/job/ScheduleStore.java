package dev.caravan.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what became of the times of schedules. Thread-safe, and safe between processes on PostgreSQL: of several that claim one time, one
 * gets it.
 */
public final class ScheduleStore {
    /**
     * @param since times up to here are nobody's
     * @param paused what the API said last
     */
    public record Standing(Instant since, Optional<Boolean> paused) {}

    private static final String FIRE = "schedule, fire_at, outcome, job_id, code, hint";

    private final StoreDatabase database;
    private final Clock clock;

    ScheduleStore(StoreDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Makes a declared schedule known. One that is new, or has other times than before, begins now: what it missed earlier was nobody's.
     *
     * @param definition its times, as text
     */
    public void declare(String schedule, String definition) {
        String upsert = "INSERT INTO schedule (name, definition, since) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE"
                + " SET definition = excluded.definition, since = excluded.since"
                + " WHERE schedule.definition <> excluded.definition";
        update("declaring a schedule", upsert, schedule, definition, now());
    }

    /** Of a declared schedule. */
    public Standing standing(String schedule) {
        return database.transaction(
                        "reading a schedule",
                        connection -> Statements.row(
                                connection,
                                row -> new Standing(Instant.ofEpochMilli(row.getLong("since")), paused(row)),
                                "SELECT since, paused FROM schedule WHERE name = ?",
                                schedule))
                .orElseThrow(() -> new IllegalStateException("a declared schedule is in the store"));
    }

    private static Optional<Boolean> paused(ResultSet row) throws SQLException {
        int paused = row.getInt("paused");
        return row.wasNull() ? Optional.empty() : Optional.of(paused == 1);
    }

    /** From now on it makes no jobs. */
    public void pause(String schedule) {
        update("pausing a schedule", "UPDATE schedule SET paused = 1 WHERE name = ?", schedule);
    }

    /** From now on it makes jobs again; the times that passed while it was paused are nobody's. */
    public void resume(String schedule) {
        update("resuming a schedule", "UPDATE schedule SET paused = 0, since = ? WHERE name = ?", now(), schedule);
    }

    /** Takes a time for this node. @return false when it is taken already */
    public boolean claim(String schedule, Instant at) {
        String insert = "INSERT INTO schedule_fire (schedule, fire_at, outcome, claimed_at) VALUES (?, ?, 'CLAIMED', ?)"
                + " ON CONFLICT (schedule, fire_at) DO NOTHING";
        return update("claiming a schedule's time", insert, schedule, at.toEpochMilli(), now()) == 1;
    }

    /** Takes a time that waits, or that a node took and made nothing of. @return false when another node was faster */
    public boolean claimAgain(ScheduleFire fire, Duration patience) {
        String again = "UPDATE schedule_fire SET outcome = 'CLAIMED', claimed_at = ? WHERE schedule = ? AND fire_at = ?"
                + " AND (outcome = 'WAITING' OR outcome = 'CLAIMED' AND claimed_at < ?)";
        return update(
                        "claiming a schedule's time again",
                        again,
                        now(),
                        fire.schedule(),
                        fire.at().toEpochMilli(),
                        now() - patience.toMillis())
                == 1;
    }

    /** Times that wait, and those that a node took longer than {@code patience} ago and made nothing of, oldest first. */
    public List<ScheduleFire> open(Duration patience) {
        String sql = "SELECT " + FIRE + " FROM schedule_fire"
                + " WHERE outcome = 'WAITING' OR outcome = 'CLAIMED' AND claimed_at < ? ORDER BY fire_at";
        return database.transaction(
                "looking for schedules' times",
                connection -> List.copyOf(
                        Statements.rows(connection, ScheduleStore::fire, sql, now() - patience.toMillis())));
    }

    /** The job of the fire's idempotency key is the fire's. */
    public void started(ScheduleFire fire) {
        String started = "UPDATE schedule_fire SET outcome = 'STARTED', code = NULL, hint = NULL,"
                + " job_id = (SELECT id FROM copy_job WHERE idempotency_key = ?) WHERE schedule = ? AND fire_at = ?";
        update(
                "storing a schedule's run",
                started,
                fire.idempotencyKey(),
                fire.schedule(),
                fire.at().toEpochMilli());
    }

    /** It made no job, or none yet. */
    public void notStarted(ScheduleFire fire, ScheduleFire.Outcome outcome, Problem why) {
        String ended = "UPDATE schedule_fire SET outcome = ?, code = ?, hint = ? WHERE schedule = ? AND fire_at = ?";
        update(
                "storing a schedule's run",
                ended,
                outcome.name(),
                why.code(),
                why.hint(),
                fire.schedule(),
                fire.at().toEpochMilli());
    }

    /** The latest time that somebody took. */
    public Optional<ScheduleFire> last(String schedule) {
        String sql = "SELECT " + FIRE + " FROM schedule_fire WHERE schedule = ? ORDER BY fire_at DESC LIMIT 1";
        return database.transaction(
                "reading a schedule's last run",
                connection -> Statements.row(connection, ScheduleStore::fire, sql, schedule));
    }

    /** A run of the schedule that has not ended, other than this one. */
    public Optional<String> activeBeside(ScheduleFire fire) {
        String sql = "SELECT id FROM copy_job WHERE schedule = ? AND state IN (" + JobMoves.in(JobState.active())
                + ") AND idempotency_key <> ? ORDER BY ordinal LIMIT 1";
        return database.transaction(
                "looking for a schedule's run",
                connection -> Statements.row(
                        connection, row -> row.getString(1), sql, fire.schedule(), fire.idempotencyKey()));
    }

    /** Whether another time of the schedule waits already. */
    public boolean anotherWaits(ScheduleFire fire) {
        String sql = "SELECT 1 FROM schedule_fire WHERE schedule = ? AND fire_at <> ? AND outcome = 'WAITING' LIMIT 1";
        return database.transaction(
                        "looking for a schedule's waiting time",
                        connection -> Statements.row(
                                connection,
                                row -> true,
                                sql,
                                fire.schedule(),
                                fire.at().toEpochMilli()))
                .isPresent();
    }

    /** When its last run that succeeded ended. */
    public Optional<Instant> lastSuccess(String schedule) {
        String sql = "SELECT finished_at FROM copy_job WHERE schedule = ? AND state = 'SUCCEEDED'"
                + " ORDER BY ordinal DESC LIMIT 1";
        return database.transaction(
                "looking for a schedule's last success",
                connection -> Statements.row(connection, row -> Instant.ofEpochMilli(row.getLong(1)), sql, schedule));
    }

    private static ScheduleFire fire(ResultSet row) throws SQLException {
        return new ScheduleFire(
                row.getString("schedule"),
                Instant.ofEpochMilli(row.getLong("fire_at")),
                ScheduleFire.Outcome.valueOf(row.getString("outcome")),
                Optional.ofNullable(row.getString("job_id")),
                Optional.ofNullable(row.getString("code")),
                Optional.ofNullable(row.getString("hint")));
    }

    private long now() {
        return clock.instant().toEpochMilli();
    }

    private int update(String doing, String sql, Object... values) {
        return database.transaction(doing, connection -> Statements.update(connection, sql, values));
    }
}
