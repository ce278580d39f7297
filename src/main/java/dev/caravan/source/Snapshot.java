package dev.caravan.source;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.SqlErrors;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TablePattern;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one state of the source that a job sees: a session that holds an ACCESS SHARE lock on every table and an exported
 * snapshot, for as long as this is open. Thread-safe: one statement at a time.
 */
public final class Snapshot implements AutoCloseable {
    private static final int TRIES = 3;
    private static final String UNDEFINED_TABLE = "42P01";
    /** A snapshot's name that the server does not know (any more): invalid_parameter_value, or undefined_object. */
    private static final Set<String> NO_SNAPSHOT = Set.of("22023", "42704");

    private final ConnectionConfig source;
    private final Connection holder;
    private final List<TablePattern> exclude;
    private final ReentrantLock turn = new ReentrantLock();
    private Exclusion exclusion = Exclusion.NOTHING;
    private String id;
    private Instant takenAt;
    private ServerInstance instance;

    private Snapshot(ConnectionConfig source, Connection holder, List<TablePattern> exclude) {
        this.exclude = exclude;
        this.source = source;
        this.holder = holder;
    }

    /** A statement or two on the holder's session. */
    public interface Use<T> {
        T with(Connection holder) throws SQLException;
    }

    /**
     * Locks first, then takes the snapshot: an older snapshot reads an empty table after a concurrent TRUNCATE. Tables made or
     * dropped in between start it over.
     *
     * @param exclude relations to leave out
     * @throws CaravanException {@code source-changed}, {@code table-choice}, {@code connection-pooled}, {@code lock-timeout} and the connection's own
     */
    static Snapshot take(ConnectionConfig source, String applicationName, List<TablePattern> exclude) {
        Connection holder = null;
        try {
            holder = SourceSessions.open(source, applicationName);
            PoolerProbe.check(source, holder);
            Snapshot snapshot = new Snapshot(source, holder, exclude);
            for (int attempt = 1; attempt <= TRIES; attempt++) {
                if (snapshot.locked()) {
                    return snapshot;
                }
            }
            throw CaravanException.of(
                            ErrorCode.SOURCE_CHANGED,
                            "Tables were made or dropped on the source each of the " + TRIES
                                    + " times they were listed and locked.",
                            "Run the job when no migration runs on the source, or use a replica.")
                    .with("connection", source.name());
        } catch (SQLException e) {
            closeQuietly(holder);
            throw SqlErrors.translate(e, source.name(), "locking the tables and taking the snapshot");
        } catch (RuntimeException e) {
            closeQuietly(holder);
            throw e;
        }
    }

    private boolean locked() throws SQLException {
        exclusion = Exclusion.of(holder, exclude);
        List<LockedTable> listed = LockedTable.list(holder, exclusion);
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            LockedTable.lock(holder, listed);
            try (ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_export_snapshot()")) {
                row.next();
                id = row.getString(1);
            }
            takenAt = Instant.now();
            instance = ServerInstance.of(holder);
            if (LockedTable.list(holder, exclusion).equals(listed)) {
                return true;
            }
        } catch (SQLException e) {
            if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw e;
            }
        }
        holder.rollback();
        holder.setAutoCommit(true);
        return false;
    }

    ConnectionConfig source() {
        return source;
    }

    /** As pg_export_snapshot named it. */
    String id() {
        return id;
    }

    /** What is left out. */
    Exclusion exclusion() {
        return exclusion;
    }

    Instant takenAt() {
        return takenAt;
    }

    /** Runs statements under the snapshot, one caller at a time. */
    <T> T use(String doing, Use<T> use) {
        turn.lock();
        try {
            return use.with(holder);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, source.name(), doing);
        } finally {
            turn.unlock();
        }
    }

    /** The same, but nothing when the holder is busy with another statement. */
    void useIfIdle(String doing, Use<Void> use) {
        if (turn.tryLock()) {
            try {
                use(doing, use);
            } finally {
                turn.unlock();
            }
        }
    }

    /**
     * Another session under the same snapshot.
     *
     * @throws CaravanException {@code source-load-balanced} when the address led to another server
     */
    Connection session(String applicationName) {
        try {
            return SourceSessions.under(id, source, applicationName);
        } catch (SQLException e) {
            checkInstance(applicationName);
            if (NO_SNAPSHOT.contains(String.valueOf(e.getSQLState()))) {
                throw lost();
            }
            throw SqlErrors.translate(e, source.name(), "joining the snapshot");
        }
    }

    /** The holder's session has ended, and its snapshot with it. */
    CaravanException lost() {
        return CaravanException.of(
                        ErrorCode.SNAPSHOT_LOST,
                        "The session that held the snapshot on \"" + source.name() + "\" was lost.",
                        "See the source's log for why it ended; then run the job again.")
                .with("connection", source.name());
    }

    private void checkInstance(String applicationName) {
        try (Connection session = SourceSessions.open(source, applicationName)) {
            if (!ServerInstance.of(session).equals(instance)) {
                throw CaravanException.of(
                                ErrorCode.SOURCE_LOAD_BALANCED,
                                "The address of \"" + source.name()
                                        + "\" leads to several servers, and a snapshot lives on one.",
                                "Name one instance's own endpoint instead of a reader endpoint.")
                        .with("connection", source.name());
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, source.name(), "joining the snapshot");
        }
    }

    @Override
    public void close() {
        closeQuietly(holder);
    }

    private static void closeQuietly(Connection session) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (SQLException e) {
            // The server ends the transaction of a session that is gone.
        }
    }
}
