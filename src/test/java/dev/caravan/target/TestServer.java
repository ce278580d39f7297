package dev.caravan.target;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.DatabaseUrl;
import dev.caravan.connection.Secret;
import dev.caravan.job.JobIds;
import dev.caravan.schema.Identifiers;
import dev.caravan.servers.TestServers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** A PostgreSQL server of the test's own, with a superuser, an ordinary login that may make databases, and an owner role. */
final class TestServer {
    static final String SUPERUSER = "postgres";
    static final String COPIER = "copier";
    static final String OWNER = "app";

    private final dev.caravan.servers.TestServer server = TestServers.another();

    TestServer() {
        sql("postgres", "CREATE ROLE copier LOGIN CREATEDB", "CREATE ROLE app", "GRANT app TO copier");
    }

    int major() {
        return server.major();
    }

    int port() {
        return server.port();
    }

    static String newJob() {
        return JobIds.next(Instant.now());
    }

    Connection session(String database) throws SQLException {
        return session(database, SUPERUSER, "test");
    }

    Connection session(String database, String user, String applicationName) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("ApplicationName", applicationName);
        String address = "jdbc:postgresql://localhost:" + port() + "/";
        return DriverManager.getConnection(address + URLEncoder.encode(database, StandardCharsets.UTF_8), properties);
    }

    void sql(String database, String... statements) {
        try (Connection session = session(database);
                Statement statement = session.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row, as text. */
    String one(String database, String query) {
        try (Connection session = session(database);
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long oid(String database) {
        String oid = one("postgres", "SELECT oid FROM pg_database WHERE datname = " + Identifiers.literal(database));
        return oid == null ? 0 : Long.parseLong(oid);
    }

    ConnectionConfig source(String name, String database) {
        return new Config(this, name, ConnectionConfig.Role.SOURCE, database).build();
    }

    Config target(String database) {
        return new Config(this, "dev", ConnectionConfig.Role.TARGET, database);
    }

    /** A connection's configuration, built up step by step. */
    static final class Config {
        private final String name;
        private final ConnectionConfig.Role role;
        private final String database;
        private String host = "localhost";
        private int port;
        private String user = SUPERUSER;
        private Optional<String> owner = Optional.empty();
        private Map<String, String> roles = Map.of();
        private boolean keepPrevious;
        private boolean endSessions = true;
        private Optional<String> clonedFrom = Optional.empty();
        private List<String> skipped = List.of();
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration socketTimeout = Duration.ofMinutes(1);

        Config(TestServer server, String name, ConnectionConfig.Role role, String database) {
            this.name = name;
            this.role = role;
            this.database = database;
            this.port = server.port();
        }

        Config at(String newHost, int newPort) {
            host = newHost;
            port = newPort;
            return this;
        }

        Config as(String login) {
            user = login;
            return this;
        }

        Config ownedBy(String newOwner) {
            owner = Optional.of(newOwner);
            return this;
        }

        Config mapping(Map<String, String> map) {
            roles = map;
            return this;
        }

        Config keepingPrevious() {
            keepPrevious = true;
            return this;
        }

        Config sparingSessions() {
            endSessions = false;
            return this;
        }

        Config clonedFrom(String connection) {
            clonedFrom = Optional.of(connection);
            return this;
        }

        Config skipping(String extension) {
            skipped = List.of(extension);
            return this;
        }

        Config patientFor(Duration patience) {
            connectTimeout = patience;
            socketTimeout = patience;
            return this;
        }

        ConnectionConfig build() {
            return new ConnectionConfig(
                    name,
                    new DatabaseUrl(host, port, database, Map.of()),
                    role,
                    Optional.empty(),
                    user,
                    Secret.NONE,
                    owner,
                    roles,
                    "postgres",
                    keepPrevious,
                    endSessions,
                    clonedFrom,
                    List.of(),
                    skipped,
                    connectTimeout,
                    socketTimeout);
        }
    }
}
