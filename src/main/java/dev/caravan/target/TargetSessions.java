package dev.caravan.target;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Sessions of others on databases of the target's server. Used by one thread. */
final class TargetSessions {
    private static final long PATIENCE_MILLIS = 5_000;
    private static final String MAY_END = " JOIN pg_catalog.pg_roles r ON r.oid = a.usesysid"
            + " JOIN pg_catalog.pg_roles me ON me.rolname = current_user"
            + " WHERE a.pid <> pg_catalog.pg_backend_pid() AND (me.rolsuper OR (NOT r.rolsuper"
            + " AND (pg_catalog.pg_has_role(r.oid, 'USAGE') OR pg_catalog.pg_has_role('pg_signal_backend', 'USAGE'))))";

    private final TargetServer server;
    private final Connection session;

    TargetSessions(TargetServer server, Connection session) {
        this.server = server;
        this.session = session;
    }

    /** Ends the sessions on a database that the login may end, and waits until they are gone. */
    void end(String database) throws SQLException {
        end(" AND a.datname = ?", database);
    }

    /** Ends sessions of that application name, on any database; those that the login may end, which its own are. */
    void endOf(String applicationName) throws SQLException {
        end(" AND a.application_name = ?", applicationName);
    }

    private void end(String condition, String value) throws SQLException {
        // From 14 the function itself waits; before, the statement that needs them gone waits for five seconds.
        String patience = session.getMetaData().getDatabaseMajorVersion() >= 14 ? ", " + PATIENCE_MILLIS : "";
        try (PreparedStatement statement = session.prepareStatement("SELECT pg_catalog.pg_terminate_backend(a.pid"
                + patience + ") FROM pg_catalog.pg_stat_activity a" + MAY_END + condition)) {
            statement.setString(1, value);
            statement.execute();
        }
    }

    /**
     * Sessions without a user are autovacuum's, which the server ends by itself for DROP and RENAME.
     *
     * @throws CaravanException {@code target-in-use} that says whose sessions are there
     */
    void requireNone(String database) throws SQLException {
        List<String> users = new ArrayList<>();
        try (PreparedStatement statement =
                session.prepareStatement("SELECT usename, count(*) FROM pg_catalog.pg_stat_activity"
                        + " WHERE datname = ? AND pid <> pg_catalog.pg_backend_pid()"
                        + " AND usesysid IS NOT NULL GROUP BY 1 ORDER BY 1")) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    users.add(row.getString(1) + " (" + row.getLong(2) + ")");
                }
            }
        }
        if (!users.isEmpty()) {
            throw CaravanException.of(
                    ErrorCode.TARGET_IN_USE,
                    "The database \"" + database + "\" has sessions that were not ended, of " + String.join(", ", users)
                            + ".",
                    server.config().endSessions()
                            ? "End them, or grant the connection's role pg_signal_backend; a superuser's sessions only a"
                                    + " superuser can end."
                            : "End them, or set caravan.connection."
                                    + server.config().name() + ".endSessions = true.");
        }
    }

    /** Whether anybody may connect to a database. */
    boolean open(String database) throws SQLException {
        try (PreparedStatement statement =
                session.prepareStatement("SELECT datallowconn FROM pg_catalog.pg_database WHERE datname = ?")) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
