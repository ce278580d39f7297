package dev.caravan.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A job's sessions on a server, found by their application name: those of this process, of pg_dump and of a process that died. */
public final class JobBackends {
    private JobBackends() {}

    /** The application name of every session that works for a job. */
    public static String applicationName(String jobId) {
        return "caravan " + jobId;
    }

    /**
     * Ends a job's sessions.
     *
     * @param database the database to ask from
     * @return how many were told to end
     */
    public static int end(ConnectionConfig config, String database, String jobId) {
        try (Connection session = Sessions.open(config, database, "caravan tidy");
                PreparedStatement statement = session.prepareStatement(
                        "SELECT count(pg_catalog.pg_terminate_backend(pid)) FROM pg_catalog.pg_stat_activity"
                                + " WHERE application_name = ? AND usename = current_user")) {
            statement.setString(1, applicationName(jobId));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, config.name(), "ending the job's sessions");
        }
    }

    /** Closes a session that may be broken already. */
    public static void closeQuietly(Connection session) {
        try {
            session.close();
        } catch (SQLException e) {
            // The server ends the transaction of a session that is gone.
        }
    }
}
