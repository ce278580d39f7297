package dev.caravan.job;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps jobs, their events, progress, reports and what they may have left on a server. Thread-safe, and safe between the processes
 * that share a {@link Store}.
 *
 * <p>The nodes' clocks must agree to well within a lease. A running job's lease is renewed not here but by the heartbeat's one
 * statement over {@link Store#dataSource()}; it stands in the migration, above the table.
 */
public final class JobStore {
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

    private final StoreDatabase database;
    private final JobMoves moves;
    private final JobReads reads;
    private final Clock clock;

    JobStore(StoreDatabase database, StoreSettings settings, Clock clock) {
        this.database = database;
        this.moves = new JobMoves(database.dialect(), settings, clock);
        this.reads = new JobReads(database);
        this.clock = clock;
    }

    /**
     * Stores a job as QUEUED.
     *
     * @throws CaravanException {@code target-busy} with {@code activeJob}, {@code queue-full}, {@code idempotency-key-reused}
     */
    public Accepted create(CopyRequest request, Optional<String> idempotencyKey) {
        return create(request, idempotencyKey, Optional.empty());
    }

    /**
     * Stores a job as QUEUED.
     *
     * @param schedule whose run it is
     * @throws CaravanException as {@link #create(CopyRequest, Optional)}
     */
    public Accepted create(CopyRequest request, Optional<String> idempotencyKey, Optional<String> schedule) {
        return create(request, idempotencyKey, schedule, Optional.empty());
    }

    /**
     * Stores a job as QUEUED.
     *
     * @param schedule whose run it is
     * @param createdBy the name of the caller's key
     * @throws CaravanException as {@link #create(CopyRequest, Optional)}
     */
    public Accepted create(
            CopyRequest request,
            Optional<String> idempotencyKey,
            Optional<String> schedule,
            Optional<String> createdBy) {
        return database.transaction(
                "accepting a job",
                connection -> moves.accept(connection, request, idempotencyKey, schedule, createdBy));
    }

    /** @throws CaravanException {@code not-found} */
    public CopyJob get(String id) {
        return reads.job(id);
    }

    /**
     * The version of a job as it is now: it rises with whatever {@link #get} shows of it.
     *
     * @throws CaravanException {@code not-found}
     */
    public long version(String id) {
        return reads.version(id);
    }

    /**
     * A number that is another one when anything may have changed in the store since; absent where other processes change it too. Read before
     * what is to be known unchanged.
     */
    public OptionalLong changes() {
        return database.transactions();
    }

    /**
     * Jobs, newest first.
     *
     * @throws CaravanException {@code validation} for a cursor that this store did not give
     */
    public Page<CopyJob> list(Optional<JobState> state, Optional<String> target, int limit, Optional<String> cursor) {
        return reads.jobs(state, target, limit, cursor);
    }

    /** How many jobs there are, by state; a state without any is absent. */
    public Map<JobState, Integer> countByState() {
        return reads.countByState();
    }

    /** The oldest waiting job, now RUNNING on this node with one attempt more; none when nothing waits. */
    public Optional<CopyJob> claim() {
        return database.transaction("claiming a job", moves::claim);
    }

    /** A job that this node runs, begun once more with nothing copied; none when it is being cancelled or has ended. */
    public Optional<CopyJob> again(String id) {
        return database.transaction("beginning a job again", connection -> moves.again(connection, id));
    }

    /**
     * QUEUED becomes CANCELLED, RUNNING becomes CANCELLING, CANCELLING stays.
     *
     * @throws CaravanException {@code not-found}, {@code job-not-cancellable}
     */
    public CopyJob requestCancel(String id) {
        // A queued job may begin between the two, never the other way round.
        Optional<CopyJob> moved = database.transaction("cancelling a job", connection -> {
            Optional<CopyJob> ended =
                    moves.end(connection, id, EnumSet.of(JobState.QUEUED), JobState.CANCELLED, Optional.empty());
            return ended.isPresent() ? ended : moves.cancelling(connection, id);
        });
        CopyJob job = moved.orElseGet(() -> get(id));
        if (moved.isEmpty() && job.state() != JobState.CANCELLING) {
            throw CaravanException.of(
                            ErrorCode.JOB_NOT_CANCELLABLE,
                            "Job " + id + " has already ended: " + job.state() + ".",
                            "Nothing is left to cancel.")
                    .with("jobId", id);
        }
        return job;
    }

    /**
     * Ends a running or cancelling job; a job that has already ended is returned as it is.
     *
     * @param end FAILED, CANCELLED or SUCCEEDED; CANCELLED only for a job that is cancelling
     * @throws CaravanException {@code not-found}
     * @throws IllegalStateException when the job may not end so
     */
    public CopyJob finish(String id, JobState end, Optional<Problem> error) {
        if (!end.terminal()) {
            throw new IllegalArgumentException("a job does not end as " + end);
        }
        CopyJob job = database.transaction(
                        "ending a job", connection -> moves.end(connection, id, JobState.held(), end, error))
                .orElseGet(() -> get(id));
        if (!job.state().terminal()) {
            throw new IllegalStateException("a job that is " + job.state() + " does not end as " + end);
        }
        return job;
    }

    /**
     * Stores how far a running job is; {@code tables} holds only those that changed. A job that does not run, or no more, is
     * left as it is: the last call may come late.
     */
    public void saveProgress(String id, Progress progress, List<TableProgress> tables) {
        database.transaction("storing progress", connection -> ProgressRows.save(connection, id, progress, tables));
    }

    /** A job's tables by name, paged. */
    public Page<TableProgress> tables(String id, int limit, Optional<String> cursor) {
        return reads.tables(id, limit, cursor);
    }

    /** Adds an event. */
    public void append(String id, JobEvent.Type type, String message) {
        if (!database.transaction("adding an event", connection -> moves.append(connection, id, type, message))) {
            throw JobReads.notFound(id);
        }
    }

    /** Events with a sequence above {@code after}, in their order. */
    public List<JobEvent> events(String id, long after, int limit) {
        return reads.events(id, after, limit);
    }

    /** What is kept with a job as JSON. */
    public JobDocuments documents() {
        return new JobDocuments(database, reads);
    }

    /** Running and cancelling jobs that no living process holds: their lease ran out, or SQLite's only process restarted. */
    public List<CopyJob> abandoned() {
        return reads.withoutLease(clock.instant());
    }

    /** Jobs that have ended and may have left something on their target's server. */
    public List<CopyJob> untidied() {
        return reads.endedWithMark();
    }
}
