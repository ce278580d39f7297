package dev.caravan.target;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The right to work on one target database: a session-level advisory lock on its server, held until closed or until its session
 * dies. It holds between services too, as long as they name the same maintenance database. Thread-safe.
 */
public final class TargetLock implements AutoCloseable {
    /** A server that is only busy answers so small a question in time; one that has not is away. */
    private static final int ALIVE_MILLIS = 60_000;

    private final TargetServer server;
    private final Connection session;
    private final int backend;

    private TargetLock(TargetServer server, Connection session, int backend) {
        this.server = server;
        this.session = session;
        this.backend = backend;
    }

    /**
     * Takes the lock, from an earlier attempt of the same job too: a connection that broke may live on at the server's end.
     *
     * @throws CaravanException {@code target-busy} when another job has it
     */
    public static TargetLock take(TargetServer server) {
        Optional<TargetLock> taken = tried(server);
        if (taken.isEmpty()) {
            endEarlierSessions(server);
            taken = tried(server);
        }
        return taken.orElseThrow(() -> CaravanException.of(
                ErrorCode.TARGET_BUSY,
                "Another job, perhaps of another service, works on \""
                        + server.config().name() + "\".",
                "Wait until it has ended."));
    }

    private static void endEarlierSessions(TargetServer server) {
        try (Connection session =
                TargetServer.forRepair(server.config(), server.jobId()).maintenance()) {
            new TargetSessions(server, session).endOf(TargetServer.jobApplicationName(server.jobId()));
        } catch (SQLException e) {
            throw server.failed(e, "taking the target's lock");
        }
    }

    private static Optional<TargetLock> tried(TargetServer server) {
        Connection session = server.maintenance();
        try {
            session.setNetworkTimeout(
                    Runnable::run, Math.min(ALIVE_MILLIS, server.config().socketTimeoutMillis()));
            try (PreparedStatement statement = session.prepareStatement(
                    "SELECT pg_catalog.pg_try_advisory_lock(?), pg_catalog.pg_backend_pid()")) {
                statement.setLong(1, key(server.config().database()));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    if (row.getBoolean(1)) {
                        return Optional.of(new TargetLock(server, session, row.getInt(2)));
                    }
                }
            }
            session.close();
            return Optional.empty();
        } catch (SQLException e) {
            quietly(session);
            throw server.failed(e, "taking the target's lock");
        }
    }

    /** Whether the session that holds the lock still lives. */
    public synchronized boolean held() {
        try (PreparedStatement statement = session.prepareStatement("SELECT pg_catalog.pg_backend_pid()");
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getInt(1) == backend;
        } catch (SQLException e) {
            return false;
        }
    }

    /**
     * @throws CaravanException {@code connection-unreachable} when the lock is lost: somebody else may work on the target by now
     */
    public void check() {
        if (!held()) {
            throw CaravanException.of(
                    ErrorCode.CONNECTION_UNREACHABLE,
                    "The session that held the lock on \"" + server.config().name() + "\" is gone.",
                    "Run the job again.");
        }
    }

    @Override
    public synchronized void close() {
        // A closed session ends a moment later on the server; whoever comes next shall not find the target busy.
        try (PreparedStatement statement = session.prepareStatement("SELECT pg_catalog.pg_advisory_unlock_all()")) {
            statement.execute();
        } catch (SQLException e) {
            // The session is gone, and the lock with it.
        }
        quietly(session);
    }

    private static void quietly(Connection session) {
        try {
            session.close();
        } catch (SQLException e) {
            // A session that cannot be closed is a session that is gone, and its lock with it.
        }
    }

    private static long key(String database) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("caravan target " + database).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
