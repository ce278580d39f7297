package dev.caravan.job;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The statements that change a job's state, each with its event in the caller's transaction. None changes a state but by
 * {@code UPDATE … WHERE state IN (…)} with states that {@link JobState#previous()} allows, so a race has one winner and the
 * loser changes nothing.
 */
final class JobMoves {
    private final Dialect dialect;
    private final StoreSettings settings;
    private final Clock clock;

    JobMoves(Dialect dialect, StoreSettings settings, Clock clock) {
        this.dialect = dialect;
        this.settings = settings;
        this.clock = clock;
    }

    JobStore.Accepted accept(
            Connection connection,
            CopyRequest request,
            Optional<String> idempotencyKey,
            Optional<String> schedule,
            Optional<String> createdBy)
            throws SQLException {
        // The row's lock makes the checks below and the insert one step, on PostgreSQL too.
        long ordinal = Statements.row(
                        connection,
                        row -> row.getLong(1),
                        "UPDATE job_queue SET accepted = accepted + 1 WHERE one = 1 RETURNING accepted")
                .orElseThrow(() -> new IllegalStateException("the queue has its row"));
        String json = JobRows.json(request);
        String hash = JobRows.hash(json);
        if (idempotencyKey.isPresent()) {
            Optional<CopyJob> before = replayed(connection, idempotencyKey.get(), hash);
            if (before.isPresent()) {
                return new JobStore.Accepted(before.get(), true);
            }
        }
        refuseBusyTarget(connection, request.target());
        refuseFullQueue(connection);
        Instant now = clock.instant();
        String id = JobIds.next(now);
        CopyJob job = Statements.row(
                        connection,
                        JobRows::job,
                        "INSERT INTO copy_job (id, ordinal, state, source, target, request, idempotency_key, request_hash,"
                                + " attempt, created_at, progress, events, version, schedule, created_by)"
                                + " VALUES (?, ?, 'QUEUED', ?, ?, ?, ?, ?, 0, ?, ?, 1, 1, ?, ?) RETURNING "
                                + JobRows.JOB,
                        id,
                        ordinal,
                        request.source(),
                        request.target(),
                        json,
                        idempotencyKey.orElse(null),
                        hash,
                        now.toEpochMilli(),
                        JobRows.json(Progress.none(now)),
                        schedule.orElse(null),
                        createdBy.orElse(null))
                .orElseThrow(() -> new IllegalStateException("an inserted job is returned"));
        insertEvent(connection, id, 1, now, JobEvent.Type.STATE, sentence(job));
        return new JobStore.Accepted(job, false);
    }

    private static Optional<CopyJob> replayed(Connection connection, String key, String hash) throws SQLException {
        String sql = "SELECT " + JobRows.JOB + ", request_hash FROM copy_job WHERE idempotency_key = ?";
        return Statements.row(
                connection,
                row -> {
                    if (!row.getString("request_hash").equals(hash)) {
                        throw CaravanException.of(
                                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                                        "The idempotency key belongs to job " + row.getString("id")
                                                + ", whose request was another.",
                                        "Send a new key with a new request, or the same request with this key.")
                                .with("jobId", row.getString("id"));
                    }
                    return JobRows.job(row);
                },
                sql,
                key);
    }

    private static void refuseBusyTarget(Connection connection, String target) throws SQLException {
        Optional<String> active = Statements.row(
                connection,
                row -> row.getString(1),
                "SELECT id FROM copy_job WHERE target = ? AND state IN (" + in(JobState.active()) + ")",
                target);
        if (active.isPresent()) {
            throw CaravanException.of(
                            ErrorCode.TARGET_BUSY,
                            "Job " + active.get() + " is not done with the target \"" + target + "\".",
                            "Wait for that job to end, or cancel it.")
                    .with("activeJob", "/api/v1/copy-jobs/" + active.get());
        }
    }

    private void refuseFullQueue(Connection connection) throws SQLException {
        int waiting = Statements.row(
                        connection, row -> row.getInt(1), "SELECT COUNT(*) FROM copy_job WHERE state = 'QUEUED'")
                .orElse(0);
        if (waiting >= settings.queueLimit()) {
            throw CaravanException.of(
                    ErrorCode.QUEUE_FULL,
                    waiting + " jobs are waiting, and no more may.",
                    "Send the request again when a job has begun, or raise caravan.store.queueLimit.");
        }
    }

    Optional<CopyJob> claim(Connection connection) throws SQLException {
        Instant now = clock.instant();
        return logged(
                connection,
                now,
                "UPDATE copy_job SET state = 'RUNNING', node = ?, lease_until = ?, attempt = attempt + 1,"
                        + " started_at = COALESCE(started_at, ?), events = events + 1, version = version + 1"
                        + " WHERE id = (SELECT id FROM copy_job WHERE state = 'QUEUED' ORDER BY ordinal LIMIT 1"
                        + dialect.skipLocked() + ") AND state IN (" + in(JobState.RUNNING.previous()) + ")",
                settings.node(),
                now.plus(settings.lease()).toEpochMilli(),
                now.toEpochMilli());
    }

    /** Begins a running job once more, with nothing copied; none when it is being cancelled, has ended or is another node's. */
    Optional<CopyJob> again(Connection connection, String id) throws SQLException {
        Instant now = clock.instant();
        Optional<CopyJob> begun = logged(
                connection,
                now,
                "UPDATE copy_job SET attempt = attempt + 1, progress = ?, events = events + 1, version = version + 1"
                        + " WHERE id = ? AND node = ? AND state = 'RUNNING'",
                JobRows.json(Progress.none(now)),
                id,
                settings.node());
        if (begun.isPresent()) {
            Statements.update(connection, "DELETE FROM copy_job_table WHERE job_id = ?", id);
        }
        return begun;
    }

    /** Asks a running job to stop; none when it does not run. */
    Optional<CopyJob> cancelling(Connection connection, String id) throws SQLException {
        return logged(
                connection,
                clock.instant(),
                "UPDATE copy_job SET state = 'CANCELLING', events = events + 1, version = version + 1"
                        + " WHERE id = ? AND state IN (" + in(JobState.CANCELLING.previous()) + ")",
                id);
    }

    /** Ends a job that is in one of {@code from}; none when it is not. */
    Optional<CopyJob> end(Connection connection, String id, Set<JobState> from, JobState end, Optional<Problem> error)
            throws SQLException {
        Set<JobState> allowed = EnumSet.copyOf(from);
        allowed.retainAll(end.previous());
        Instant now = clock.instant();
        return logged(
                connection,
                now,
                "UPDATE copy_job SET state = '" + end.name() + "', finished_at = ?, error = ?, node = NULL,"
                        + " lease_until = NULL, events = events + 1, version = version + 1"
                        + " WHERE id = ? AND state IN (" + in(allowed) + ")",
                now.toEpochMilli(),
                error.map(JobRows::json).orElse(null),
                id);
    }

    /** Adds an event in its place after the job's others; false when there is no such job. */
    boolean append(Connection connection, String id, JobEvent.Type type, String message) throws SQLException {
        Optional<Long> sequence = Statements.row(
                connection,
                row -> row.getLong(1),
                "UPDATE copy_job SET events = events + 1 WHERE id = ? RETURNING events",
                id);
        if (sequence.isPresent()) {
            insertEvent(connection, id, sequence.get(), clock.instant(), type, message);
        }
        return sequence.isPresent();
    }

    private record Moved(CopyJob job, long sequence) {}

    private Optional<CopyJob> logged(Connection connection, Instant now, String update, Object... values)
            throws SQLException {
        Optional<Moved> moved = Statements.row(
                connection,
                row -> new Moved(JobRows.job(row), row.getLong("events")),
                update + " RETURNING " + JobRows.JOB + ", events",
                values);
        if (moved.isPresent()) {
            CopyJob job = moved.get().job();
            insertEvent(connection, job.id(), moved.get().sequence(), now, JobEvent.Type.STATE, sentence(job));
        }
        return moved.map(Moved::job);
    }

    private static void insertEvent(
            Connection connection, String id, long sequence, Instant at, JobEvent.Type type, String message)
            throws SQLException {
        Statements.update(
                connection,
                "INSERT INTO copy_job_event (job_id, sequence, happened_at, type, message) VALUES (?, ?, ?, ?, ?)",
                id,
                sequence,
                at.toEpochMilli(),
                type.name(),
                message);
    }

    private static String sentence(CopyJob job) {
        return switch (job.state()) {
            case QUEUED -> "Accepted.";
            case RUNNING -> "Attempt " + job.attempt() + " began.";
            case CANCELLING -> "Cancelling was asked for.";
            case CANCELLED -> "Cancelled.";
            case FAILED -> "Failed" + job.error().map(e -> ": " + e.code()).orElse("") + ".";
            case SUCCEEDED -> "Succeeded.";
        };
    }

    /** States as an SQL list; their names are our own constants. */
    static String in(Collection<JobState> states) {
        return states.stream().map(state -> "'" + state.name() + "'").collect(Collectors.joining(", "));
    }
}
