package dev.caravan.job;

import dev.caravan.schema.CaravanException;
import java.time.Clock;
import javax.sql.DataSource;

/**
 * What the service remembers, in SQLite or PostgreSQL: jobs, schedules, deliveries, searches and who changed what.
 *
 * <p>Thread-safe, and safe between processes on PostgreSQL; a second process on one SQLite file is refused.
 */
public final class Store implements AutoCloseable {
    private final StoreDatabase database;
    private final JobStore jobs;
    private final Clock clock;

    private Store(StoreDatabase database, StoreSettings settings, Clock clock) {
        this.database = database;
        this.jobs = new JobStore(database, settings, clock);
        this.clock = clock;
    }

    /**
     * Opens the store and migrates it. Jobs that this node held before, or on SQLite anybody, count as abandoned from now on:
     * a process that has just begun runs none, and its heartbeat must not keep them alive.
     *
     * @throws CaravanException {@code configuration} with what the operator can do
     */
    public static Store open(StoreSettings settings, Clock clock) {
        StoreDatabase database = StoreDatabase.open(settings);
        try {
            String held = "UPDATE copy_job SET node = NULL, lease_until = NULL WHERE state IN ("
                    + JobMoves.in(JobState.held()) + ")";
            database.transaction(
                    "letting go of the jobs of an earlier process",
                    connection -> database.dialect() == Dialect.SQLITE
                            ? Statements.update(connection, held)
                            : Statements.update(connection, held + " AND node = ?", settings.node()));
            return new Store(database, settings, clock);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The jobs. */
    public JobStore jobs() {
        return jobs;
    }

    /** What became of the times of schedules. */
    public ScheduleStore schedules() {
        return new ScheduleStore(database, clock);
    }

    /** What is to be told to webhooks. */
    public DeliveryStore deliveries() {
        return new DeliveryStore(database, clock);
    }

    /** The searches for personal data. */
    public PiiScanStore piiScans() {
        return new PiiScanStore(database, clock);
    }

    /** Who changed what. */
    public AuditStore audit() {
        return new AuditStore(database, clock);
    }

    /** Sessions on the store that are open. */
    public int sessionsOpen() {
        return database.sessionsOpen();
    }

    /** How many of them are in use. */
    public int sessionsInUse() {
        return database.sessionsInUse();
    }

    /** Removes what is older than it is kept. */
    public Pruning pruning(Retention retention) {
        return new Pruning(database, retention, clock);
    }

    /** For the routes' single statements. */
    public DataSource dataSource() {
        return database.dataSource();
    }

    @Override
    public void close() {
        database.close();
    }
}
