package dev.caravan.source;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Recognises a pooler that gives one client's server session to another between transactions: under it neither the locks nor
 * the snapshot nor the settings of a session would last.
 */
final class PoolerProbe {
    private static final int ROUNDS = 3;

    private PoolerProbe() {}

    /**
     * While one session idles, a second one opens a transaction: getting the idle one's backend gives a pooler away.
     *
     * @throws CaravanException {@code connection-pooled}
     */
    static void check(ConnectionConfig source, Connection idle) throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            int before = backend(idle);
            try (Connection other = SourceSessions.open(source, "caravan probe")) {
                other.setAutoCommit(false);
                int second = backend(other);
                int after = backend(idle);
                other.rollback();
                if (second == before || after != before) {
                    throw CaravanException.of(
                                    ErrorCode.CONNECTION_POOLED,
                                    "The connection \"" + source.name()
                                            + "\" leads through a pooler that swaps sessions between transactions.",
                                    "Point it at the server itself, or at a pool in session mode.")
                            .with("connection", source.name());
                }
            }
        }
    }

    private static int backend(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
