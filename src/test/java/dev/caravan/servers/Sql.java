package dev.caravan.servers;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One-line statements for tests. */
public final class Sql {
    private Sql() {}

    /** Runs statements whose results nobody reads. */
    public static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** First column of the only row, or null where it is NULL. */
    public static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            if (!rows.next()) {
                throw new SQLException("no row");
            }
            String text = rows.getString(1);
            if (rows.next()) {
                throw new SQLException("more than one row");
            }
            return text;
        }
    }
}
