package dev.caravan.target;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.Sessions;
import dev.caravan.connection.SqlErrors;
import dev.caravan.schema.CaravanException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/**
 * The server of a target as one job uses it: every session carries the job's name, by which a restart finds what a dead process
 * left connected. Thread-safe; whoever opens a session closes it.
 */
public final class TargetServer {
    private final ConnectionConfig config;
    private final String jobId;
    private final String applicationName;

    private TargetServer(ConnectionConfig config, String jobId, String applicationName) {
        if (config.role() != ConnectionConfig.Role.TARGET) {
            throw new IllegalArgumentException("only a target is ever written");
        }
        this.config = config;
        this.jobId = jobId;
        this.applicationName = applicationName;
    }

    public static TargetServer forJob(ConnectionConfig target, String jobId) {
        return new TargetServer(target, jobId, jobApplicationName(jobId));
    }

    /** The same server under a name of its own, so that ending the job's sessions does not end the one that repairs. */
    public static TargetServer forRepair(ConnectionConfig target, String jobId) {
        return new TargetServer(target, jobId, "caravan repair " + jobId);
    }

    /** {@code application_name} of a job's sessions, on both servers. */
    public static String jobApplicationName(String jobId) {
        return "caravan " + jobId;
    }

    public ConnectionConfig config() {
        return config;
    }

    public String jobId() {
        return jobId;
    }

    public String applicationName() {
        return applicationName;
    }

    /** Opens a session from which databases are made, renamed and dropped. */
    public Connection maintenance() {
        return open(config.maintenanceDatabase());
    }

    /** Opens a session on a database of this server; a statement on it may take the connection's {@code socketTimeout}. */
    public Connection open(String database) {
        try {
            Connection session = Sessions.open(config, database, applicationName);
            session.setNetworkTimeout(Runnable::run, config.socketTimeoutMillis());
            return session;
        } catch (SQLException e) {
            throw failed(e, "opening a session on the database \"" + database + "\"");
        }
    }

    public CaravanException failed(SQLException e, String doing) {
        return SqlErrors.translate(e, config.name(), doing);
    }

    /** The oid of the database of that name, when there is one. */
    static OptionalLong oidOf(Connection session, String database) throws SQLException {
        try (PreparedStatement statement =
                session.prepareStatement("SELECT oid FROM pg_catalog.pg_database WHERE datname = ?")) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    static void execute(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
