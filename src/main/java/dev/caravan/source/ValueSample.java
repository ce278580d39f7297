package dev.caravan.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;

/** Reads some values of a table as bytes, until somebody has enough of them or the time is over. */
final class ValueSample {
    private static final String CANCELED = "57014";
    private static final int FETCHED = 2_000;

    private ValueSample() {}

    /**
     * @param query gives the values as texts
     * @param columns how many columns it has
     * @return whether the rows were read as far as they were wanted; else the time was over
     */
    static boolean read(Connection session, String query, int columns, Duration time, SourceJob.Values values)
            throws SQLException {
        long until = System.nanoTime() + time.toNanos();
        Savepoint before = session.setSavepoint();
        try (Statement statement = session.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = " + Math.max(1, time.toMillis()));
            statement.setFetchSize(FETCHED);
            try (ResultSet row = statement.executeQuery(query)) {
                boolean wanted = true;
                while (wanted && row.next()) {
                    wanted = false;
                    for (int i = 0; i < columns; i++) {
                        byte[] value = row.getBytes(i + 1);
                        wanted |= values.take(i, value);
                    }
                    if (System.nanoTime() > until) {
                        return false;
                    }
                }
            }
            return true;
        } catch (SQLException e) {
            if (CANCELED.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        } finally {
            // Back to the timeout as it was, and out of the error of a query that took too long.
            session.rollback(before);
        }
    }
}
