package dev.caravan.connection;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Opens sessions on declared connections. Thread-safe; whoever opens a session closes it. */
public final class Sessions {
    private Sessions() {}

    /**
     * Opens a session with an empty search path, {@code row_security} off, the role's own timeouts off, and literal text
     * forms that survive a copy.
     *
     * @param database the database to open, which may be another than the connection's own
     * @param applicationName shown in pg_stat_activity, and by which a job's sessions are found again
     */
    public static Connection open(ConnectionConfig config, String database, String applicationName)
            throws SQLException {
        Properties properties = new Properties();
        properties.putAll(config.url().properties());
        properties.setProperty("user", config.username());
        if (!config.password().isEmpty()) {
            properties.setProperty("password", config.password().reveal());
        }
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketFactory", KeepAliveSockets.class.getName());
        properties.setProperty("allowEncodingChanges", "true");
        properties.setProperty("logServerErrorDetail", "false");
        properties.putIfAbsent("connectTimeout", seconds(config.connectTimeout()));
        properties.putIfAbsent("loginTimeout", seconds(config.connectTimeout().plusSeconds(5)));
        Connection connection = DriverManager.getConnection(address(config.url(), database), properties);
        try (Statement statement = connection.createStatement()) {
            int patience = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, config.socketTimeoutMillis());
            // One call and so one way to the server and back, however far it is: a small copy opens some thirty
            // sessions.
            statement.execute(
                    String.join("; ", settings(connection.getMetaData().getDatabaseMajorVersion())));
            connection.setNetworkTimeout(Runnable::run, patience);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private static List<String> settings(int major) {
        List<String> settings = new ArrayList<>(List.of(
                "SET search_path = ''",
                "SET row_security = off",
                "SET datestyle = 'ISO, YMD'",
                "SET intervalstyle = 'postgres'",
                "SET extra_float_digits = 3",
                "SET lock_timeout = '30s'",
                "SET client_min_messages = error",
                "SET statement_timeout = 0",
                "SET idle_in_transaction_session_timeout = 0"));
        if (major >= 14) {
            settings.add("SET idle_session_timeout = 0");
        }
        if (major >= 17) {
            settings.add("SET transaction_timeout = 0");
        }
        return settings;
    }

    /** Only a URL names the database: the driver takes the login's name when it is left to a property. */
    private static String address(DatabaseUrl url, String database) {
        String host = url.host().indexOf(':') >= 0 ? "[" + url.host() + "]" : url.host();
        return "jdbc:postgresql://" + host + ":" + url.port() + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    private static String seconds(java.time.Duration duration) {
        return String.valueOf(Math.max(1, duration.toSeconds()));
    }
}
