package dev.caravan.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which running server a session is on: behind one address there may be several (an Aurora reader endpoint), and an exported
 * snapshot lives on one.
 *
 * @param address inet_server_addr and port, or "local"
 * @param startedAt pg_postmaster_start_time as text
 */
record ServerInstance(String address, String startedAt) {
    static ServerInstance of(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(pg_catalog.inet_server_addr()::text || ':' ||"
                        + " pg_catalog.inet_server_port(), 'local'), pg_catalog.pg_postmaster_start_time()::text")) {
            row.next();
            return new ServerInstance(row.getString(1), row.getString(2));
        }
    }
}
