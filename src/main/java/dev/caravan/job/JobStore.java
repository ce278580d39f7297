package dev.caravan.job;

import dev.caravan.schema.CaravanException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Keeps jobs, their events, progress, reports and what they may have left on a server, in SQLite or PostgreSQL.
 *
 * <p>Thread-safe, and safe between processes on PostgreSQL; a second process on one SQLite file is refused.
 */
public final class JobStore implements AutoCloseable {
    /**
     * @param url {@code jdbc:sqlite:file} or {@code jdbc:postgresql://…}
     * @param username for PostgreSQL, else empty
     * @param password for PostgreSQL, else empty
     * @param node the name under which this process holds jobs
     * @param lease how long a job stays this node's without a heartbeat
     * @param queueLimit how many jobs may wait
     */
    public record Settings(String url, String username, String password, String node, Duration lease, int queueLimit) {}

    /**
     * @param job the job, new or the one that the same idempotency key made before
     * @param replayed whether it was made before
     */
    public record Accepted(CopyJob job, boolean replayed) {}

    /**
     * @param items at most the limit asked for
     * @param next the cursor of the next page, absent on the last
     */
    public record Page<T>(List<T> items, Optional<String> next) {
        public Page {
            items = List.copyOf(items);
        }
    }

    /** Opens the store and migrates it. */
    public static JobStore open(Settings settings, Clock clock) {
        throw new UnsupportedOperationException();
    }

    /**
     * Stores a job as QUEUED.
     *
     * @throws CaravanException {@code target-busy} with {@code activeJob}, {@code queue-full}, {@code idempotency-key-reused}
     */
    public Accepted create(CopyRequest request, Optional<String> idempotencyKey) {
        throw new UnsupportedOperationException();
    }

    /** @throws CaravanException {@code not-found} */
    public CopyJob get(String id) {
        throw new UnsupportedOperationException();
    }

    /**
     * Jobs, newest first.
     *
     * @throws CaravanException {@code validation} for a cursor that this store did not give
     */
    public Page<CopyJob> list(Optional<JobState> state, Optional<String> target, int limit, Optional<String> cursor) {
        throw new UnsupportedOperationException();
    }

    /** The oldest waiting job, now RUNNING on this node with one attempt more; none when nothing waits. */
    public Optional<CopyJob> claim() {
        throw new UnsupportedOperationException();
    }

    /**
     * QUEUED becomes CANCELLED, RUNNING becomes CANCELLING, CANCELLING stays.
     *
     * @throws CaravanException {@code not-found}, {@code job-not-cancellable}
     */
    public CopyJob requestCancel(String id) {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends a running or cancelling job; a job that has already ended is returned as it is.
     *
     * @param end FAILED, CANCELLED or SUCCEEDED
     */
    public CopyJob finish(String id, JobState end, Optional<Problem> error) {
        throw new UnsupportedOperationException();
    }

    /** Stores how far a running job is; {@code tables} holds only those that changed. */
    public void saveProgress(String id, Progress progress, List<TableProgress> tables) {
        throw new UnsupportedOperationException();
    }

    /** A job's tables by name, paged. */
    public Page<TableProgress> tables(String id, int limit, Optional<String> cursor) {
        throw new UnsupportedOperationException();
    }

    /** Adds an event. */
    public void append(String id, JobEvent.Type type, String message) {
        throw new UnsupportedOperationException();
    }

    /** Events with a sequence above {@code after}, in their order. */
    public List<JobEvent> events(String id, long after, int limit) {
        throw new UnsupportedOperationException();
    }

    /** Stores what may have to be tidied up after this job, in place of what was stored before. */
    public void mark(String id, StagingMark mark) {
        throw new UnsupportedOperationException();
    }

    public Optional<StagingMark> mark(String id) {
        throw new UnsupportedOperationException();
    }

    public void saveReport(String id, Report report) {
        throw new UnsupportedOperationException();
    }

    /** The report of a job that has one: a job that never ran has none. */
    public Optional<Report> report(String id) {
        throw new UnsupportedOperationException();
    }

    /** Running and cancelling jobs that no living process holds: their lease ran out, or SQLite's only process restarted. */
    public List<CopyJob> abandoned() {
        throw new UnsupportedOperationException();
    }

    /** For the routes' single statements. */
    public DataSource dataSource() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
