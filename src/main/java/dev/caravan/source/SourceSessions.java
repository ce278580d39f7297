package dev.caravan.source;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Opens sessions on a source: read-only, whatever the role may do. */
final class SourceSessions {
    private SourceSessions() {}

    /** A session in autocommit, whose statements may take the connection's {@code socketTimeout}. */
    static Connection open(ConnectionConfig source, String applicationName) throws SQLException {
        Connection session = Sessions.open(source, source.database(), applicationName);
        try (Statement statement = session.createStatement()) {
            session.setNetworkTimeout(Runnable::run, source.socketTimeoutMillis());
            // Rows of some tenants are looked up over indexes where there are any, and not found by reading whole
            // tables.
            statement.execute("SET default_transaction_read_only = on; SET max_parallel_workers_per_gather = 0;"
                    + " SET random_page_cost = 1.1; SET work_mem = '32MB'; SET jit = off");
        } catch (SQLException e) {
            session.close();
            throw e;
        }
        return session;
    }

    /** A session inside a transaction that sees what {@code snapshot} sees, and may wait for rows without a limit. */
    static Connection under(String snapshot, ConnectionConfig source, String applicationName) throws SQLException {
        Connection session = open(source, applicationName);
        try (Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            statement.execute("SET TRANSACTION SNAPSHOT " + dev.caravan.schema.Identifiers.literal(snapshot));
            session.setNetworkTimeout(Runnable::run, 0);
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }
}
