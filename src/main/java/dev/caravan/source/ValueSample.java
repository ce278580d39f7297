package dev.caravan.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;

/** Reads some rows of a table, until somebody has enough of them or the time is over. */
final class ValueSample {
    private static final String CANCELED = "57014";
    private static final int FETCHED = 200;

    private ValueSample() {}

    /**
     * @param query gives the rows' values as texts
     * @param columns how many columns it has
     */
    static Sampled read(Connection session, String query, int columns, Duration time, SampledRow row)
            throws SQLException {
        long until = System.nanoTime() + time.toNanos();
        Savepoint before = session.setSavepoint();
        boolean alive = false;
        try (Statement statement = session.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = " + Math.max(1, time.toMillis()));
            statement.setFetchSize(FETCHED);
            try (ResultSet result = statement.executeQuery(query)) {
                while (result.next()) {
                    byte[][] values = new byte[columns][];
                    for (int i = 0; i < columns; i++) {
                        values[i] = result.getBytes(i + 1);
                    }
                    if (!row.take(values)) {
                        break;
                    }
                    if (System.nanoTime() > until) {
                        alive = true;
                        return Sampled.TIME_OVER;
                    }
                }
            }
            alive = true;
            return Sampled.READ;
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            alive = !state.startsWith("08") && (!state.startsWith("57") || state.equals(CANCELED));
            if (!alive) {
                throw e;
            }
            return state.equals(CANCELED) ? Sampled.TIME_OVER : Sampled.REFUSED;
        } finally {
            if (alive) {
                // Back to the timeout as it was, and out of the error of a query that took too long.
                session.rollback(before);
                session.releaseSavepoint(before);
            }
        }
    }
}
