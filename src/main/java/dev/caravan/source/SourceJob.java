package dev.caravan.source;

import dev.caravan.connection.ClientTools;
import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.Identity;
import dev.caravan.connection.RunDirectory;
import dev.caravan.connection.SessionPool;
import dev.caravan.connection.Sessions;
import dev.caravan.connection.SqlErrors;
import dev.caravan.plan.Asking;
import dev.caravan.plan.Part;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.SequenceValue;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.schema.TablePattern;
import dev.caravan.tenant.RowExplanation;
import dev.caravan.tenant.TakenRows;
import dev.caravan.tenant.TenantScopes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One job's reading of its source: the snapshot, the sessions that share it, pg_dump. Thread-safe. */
public final class SourceJob implements AutoCloseable {
    private final ConnectionConfig source;
    private final String applicationName;
    private final Snapshot snapshot;
    private final LockWatch watch;
    private final SessionPool sessions;
    private final Identity identity;
    private volatile SchemaReading schema;
    private boolean closed;

    private SourceJob(
            ConnectionConfig source, String applicationName, Snapshot snapshot, LockWatch watch, int workers) {
        this.source = source;
        this.applicationName = applicationName;
        this.snapshot = snapshot;
        this.watch = watch;
        this.sessions = new SessionPool(source.name(), workers, () -> snapshot.session(applicationName));
        this.identity = snapshot.use("asking for the identity", Identity::of);
    }

    static SourceJob open(
            ConnectionConfig source,
            String applicationName,
            int workers,
            Duration yieldAfter,
            Clock clock,
            List<TablePattern> exclude) {
        Snapshot snapshot = Snapshot.take(source, applicationName, exclude);
        return new SourceJob(source, applicationName, snapshot, new LockWatch(snapshot, yieldAfter, clock), workers);
    }

    public ConnectionConfig connection() {
        return source;
    }

    public Identity identity() {
        return identity;
    }

    /** When the snapshot was taken that every row comes from. */
    public Instant snapshotAt() {
        return snapshot.takenAt();
    }

    public Catalog catalog() {
        return CatalogReader.read(snapshot).without(excluded());
    }

    /** The relations that are left out. */
    public Set<TableName> excluded() {
        return snapshot.exclusion().names();
    }

    /** Runs statements under the snapshot on its holder's session, one caller at a time. */
    public <T> T underSnapshot(String doing, Snapshot.Use<T> use) {
        return snapshot.use(doing, use);
    }

    /** Begins to read the definitions under the snapshot, beside whatever follows. */
    public void beginSchema(ClientTools tools, RunDirectory run, Duration lockTimeout) {
        SchemaDump dump = new SchemaDump(tools, source, run, applicationName);
        SchemaReading begun = SchemaReading.begin(
                "definitions of " + source.name(), dump, () -> dump.run(snapshot.id(), lockTimeout, excluded()));
        synchronized (this) {
            schema = begun;
            if (closed) {
                begun.close();
            }
        }
    }

    /** Waits for the definitions, which are an archive in pg_dump's custom format; {@link #beginSchema} has begun to read them. */
    public byte[] schema() {
        return schema.archive();
    }

    /** The sessions that read, beside the one that holds the snapshot. */
    SessionPool sessions() {
        return sessions;
    }

    /** Opens a stream of the part's rows; waits while all sessions are in use. */
    public RowReader reader(Part part) {
        return new RowReader(part, sessions);
    }

    /** Opens a stream of large objects; waits while all sessions are in use. */
    public LargeObjectReader largeObjects() {
        return new LargeObjectReader(sessions);
    }

    public List<SequenceValue> sequences(List<TableName> names) {
        return snapshot.use("reading the sequences", holder -> SequenceReader.read(holder, names));
    }

    /**
     * Finds the rows that a tenant scope takes.
     *
     * @param stopped asked between queries; throws when the job is to stop
     */
    public TakenRows taken(TenantScopes scopes, Runnable stopped) {
        return besides("finding the tenants' rows", session -> TenantRows.resolve(session, scopes, stopped));
    }

    /**
     * Says why a row is taken, or is not.
     *
     * @param taken as resolved under this snapshot
     * @param key values by column that one row alone has
     */
    public RowExplanation explain(TakenRows taken, TableName table, Map<String, Object> key) {
        return besides("looking for a row", session -> RowTrace.explain(session, catalog(), taken, table, key));
    }

    /** Counts the rows that the scope's conditions name. @param stopped as above */
    public void count(TakenRows taken, Runnable stopped) {
        taken.uncounted().forEach((table, query) -> {
            stopped.run();
            taken.counted(table, besides("counting the tenants' rows", session -> Rows.of(
                            session, query, row -> row.getLong(1))
                    .get(0)));
        });
    }

    /**
     * Shows some rows of a table, on the snapshot's own session.
     *
     * @param rows how many at most
     * @param timeout after which the table is given up
     * @param row gets the columns as PostgreSQL prints them, null for NULL and for what is too large to be looked at
     * @return how many rows there were
     */
    public long sample(Table table, List<Column> columns, int rows, Duration timeout, Consumer<String[]> row) {
        return snapshot.use(
                "sampling " + table.name(), session -> TableSample.read(session, table, columns, rows, timeout, row));
    }

    /**
     * Reads some rows beside other readers, until no other one is wanted.
     *
     * @param query gives their values as texts
     * @param columns how many columns it has
     */
    public Sampled sample(String query, int columns, Duration time, SampledRow row) {
        return besides("reading values to look for", session -> ValueSample.read(session, query, columns, time, row));
    }

    /** Lets the source evaluate its own expressions over texts of a policy. */
    public Asking asking() {
        return questions -> besides("asking about written values", session -> ValueProbe.answers(session, questions));
    }

    /** Runs a query in a session of its own under the snapshot, beside others. */
    public <T> T besides(String doing, Snapshot.Use<T> use) {
        Connection session = sessions.borrow();
        boolean usable = false;
        try {
            T result = use.with(session);
            usable = true;
            return result;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, source.name(), doing);
        } finally {
            if (usable) {
                sessions.giveBack(session);
            } else {
                sessions.discard(session);
            }
        }
    }

    /** Looks once whether the job must be given up for the source's sake. */
    public Optional<CaravanException> reasonToYield() {
        synchronized (this) {
            if (closed) {
                return Optional.empty();
            }
        }
        Optional<CaravanException> reason = watch.look();
        synchronized (this) {
            return closed ? Optional.empty() : reason;
        }
    }

    /** Releases the snapshot, its locks and every session. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (schema != null) {
                schema.close();
            }
        }
        sessions.close();
        snapshot.close();
    }

    /** Ends every session of the job on the source's server at once, whatever it is doing. */
    void end() {
        close();
        endSessions(source, applicationName);
    }

    static void endSessions(ConnectionConfig source, String applicationName) {
        try (Connection session = Sessions.open(source, source.database(), "caravan tidy");
                PreparedStatement statement = session.prepareStatement(
                        "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
                                + " WHERE application_name = ? AND usename = current_user")) {
            statement.setString(1, applicationName);
            statement.execute();
        } catch (SQLException e) {
            // The server is away: so are its sessions, or keep-alives end them.
        }
    }
}
