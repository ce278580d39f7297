package dev.caravan.client;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two PostgreSQL servers of the demo's own, on free ports of the loopback interface: one with the sample source, one with an
 * older version of it as the target. The logins are ordinary roles, as they should be elsewhere.
 */
final class DemoServers implements AutoCloseable {
    static final String SOURCE = "shop-prod";
    static final String TARGET = "shop-dev";

    private static final String READER = "copy_reader";
    private static final String WRITER = "copy_writer";

    private final EmbeddedPostgres source;
    private final EmbeddedPostgres target;

    private DemoServers(EmbeddedPostgres source, EmbeddedPostgres target) {
        this.source = source;
        this.target = target;
    }

    /** @param directory takes the servers' programs and data; the caller removes it after closing */
    static DemoServers start(DemoDirectory directory) throws IOException {
        EmbeddedPostgres source = server(directory, "source");
        try {
            return new DemoServers(source, server(directory, "target"));
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static EmbeddedPostgres server(DemoDirectory directory, String name) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(0)
                .setOverrideWorkingDirectory(directory.file("programs").toFile())
                .setDataDirectory(directory.file(name))
                // The demo removes its servers in its own order.
                .setRegisterShutdownHook(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "60")
                .start();
    }

    /** Makes the databases, their rows and the two logins. */
    void load() throws SQLException, IOException {
        run(source, "postgres", "CREATE ROLE shop_owner NOLOGIN", "CREATE ROLE " + READER + " LOGIN");
        run(source, "postgres", "CREATE DATABASE shop OWNER shop_owner");
        run(source, "shop", "SET ROLE shop_owner;" + resource("source.sql"));
        run(
                source,
                "shop",
                "GRANT USAGE ON SCHEMA public, billing TO " + READER,
                "GRANT SELECT ON ALL TABLES IN SCHEMA public, billing TO " + READER,
                "GRANT SELECT ON ALL SEQUENCES IN SCHEMA public, billing TO " + READER);
        run(target, "postgres", "CREATE ROLE " + WRITER + " LOGIN CREATEDB");
        run(target, "postgres", "CREATE DATABASE shop_dev OWNER " + WRITER);
        run(target, "shop_dev", "SET ROLE " + WRITER + ";" + resource("target.sql"));
    }

    /** The configuration of the two connections. */
    Map<String, String> connections() {
        Map<String, String> properties = new LinkedHashMap<>();
        connection(properties, SOURCE, "source", READER, source, "shop");
        properties.put("caravan.connection." + SOURCE + ".classification", "production");
        connection(properties, TARGET, "target", WRITER, target, "shop_dev");
        return properties;
    }

    private static void connection(
            Map<String, String> properties,
            String name,
            String role,
            String login,
            EmbeddedPostgres server,
            String database) {
        String prefix = "caravan.connection." + name + ".";
        properties.put(prefix + "url", "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database);
        properties.put(prefix + "role", role);
        properties.put(prefix + "username", login);
    }

    /** Rows per table of the source database now, partitioned tables as one. */
    Map<String, Long> sourceRows() throws SQLException {
        return rows(source, "shop", READER);
    }

    /** Rows per table of the target database now, partitioned tables as one. */
    Map<String, Long> targetRows() throws SQLException {
        return rows(target, "shop_dev", WRITER);
    }

    /** One customer as the source has it, as text; the demo's people are invented. */
    String sourceCustomer() throws SQLException {
        return customer(source, "shop", READER);
    }

    /** The same customer as the target has it now; empty when it is not there. */
    String targetCustomer() throws SQLException {
        return customer(target, "shop_dev", WRITER);
    }

    private static String customer(EmbeddedPostgres server, String database, String login) throws SQLException {
        try (Connection connection = server.getDatabase(login, database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        // As JSON, since an older target has not every column.
                        "SELECT concat_ws(', ', c ->> 'first_name', c ->> 'last_name', c ->> 'email', c ->> 'phone', c ->> 'born')"
                                + " FROM (SELECT to_jsonb(customer) AS c FROM customer WHERE id = 2) one")) {
            return row.next() ? row.getString(1) : "";
        }
    }

    /** Where {@code psql} finds the target. */
    String targetAddress() {
        return "postgresql://" + WRITER + "@127.0.0.1:" + target.getPort() + "/shop_dev";
    }

    private static Map<String, Long> rows(EmbeddedPostgres server, String database, String login) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        try (Connection connection = server.getDatabase(login, database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery(
                        // One statement counts every table: the count of each comes out of a query made from its name.
                        """
                        SELECT n.nspname || '.' || c.relname,
                               (xpath('/row/c/text()', query_to_xml(
                                   format('SELECT count(*) AS c FROM %I.%I', n.nspname, c.relname), false, true, ''))
                               )[1]::text::bigint
                        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
                          AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                        """)) {
            while (tables.next()) {
                rows.put(tables.getString(1), tables.getLong(2));
            }
        }
        return rows;
    }

    private static void run(EmbeddedPostgres server, String database, String... statements) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = DemoServers.class.getResourceAsStream("/demo/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        for (EmbeddedPostgres server : new EmbeddedPostgres[] {source, target}) {
            try {
                server.close();
            } catch (IOException e) {
                System.err.println("caravan: A demo server could not be stopped; end the postgres process by hand.");
            }
        }
    }
}
