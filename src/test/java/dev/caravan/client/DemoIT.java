package dev.caravan.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DemoIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** A service that answers as one that copied: what is tried here is what the demo does around it. */
    private record Stub(ScriptedService service, List<String> events) implements ServiceStarter.RunningService {
        @Override
        public URI address() {
            return service.address();
        }

        @Override
        public void close() {
            events.add("stopped");
            service.close();
        }
    }

    private int demo(ServiceStarter starter, String... args) {
        return new DemoCommand(starter, new DemoCommand.Key("demo-key", Map.of("caravan.auth.key.demo.role", "admin")))
                .run(
                        List.of(args),
                        Map.of("LANG", "C.UTF-8"),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void demoShowsTheCopyAndLeavesNothingBehind() {
        Map<String, String> configured = new TreeMap<>();
        List<String> events = new ArrayList<>();
        int code = demo(properties -> {
            configured.putAll(properties);
            promisedOfTheSample(properties);
            return new Stub(ScriptedService.thatSucceeds(), events);
        });
        String shown = out.toString(StandardCharsets.UTF_8);
        assertEquals(0, code, shown + err);
        assertEquals(List.of("stopped"), events);
        assertTrue(shown.contains("SUCCEEDED") && shown.contains("/swagger-ui/"), shown);
        assertTrue(shown.contains("public.customer              120         120"), shown);
        String store = configured.get("caravan.store.url").substring("jdbc:sqlite:".length());
        assertFalse(Files.exists(Path.of(store).getParent()), "the demo's folder is gone");
        assertThrows(SQLException.class, () -> open(configured, "shop-prod").close());
        assertThrows(SQLException.class, () -> open(configured, "shop-dev").close());
    }

    @Test
    void serviceThatDoesNotStartExitsWith2AndLeavesNothingBehind() {
        Map<String, String> configured = new TreeMap<>();
        int code = demo(properties -> {
            configured.putAll(properties);
            throw new IllegalStateException("no service today");
        });
        assertEquals(2, code);
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("no service today"), err.toString());
        assertThrows(SQLException.class, () -> open(configured, "shop-prod").close());
    }

    @Test
    void unknownOptionStartsNothing() {
        assertEquals(
                2,
                demo(
                        properties -> {
                            throw new AssertionError("must not be started");
                        },
                        "--wat"));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("Usage: ./caravan demo"));
    }

    private static Connection open(Map<String, String> properties, String connection) throws SQLException {
        String prefix = "caravan.connection." + connection + ".";
        return DriverManager.getConnection(properties.get(prefix + "url"), properties.get(prefix + "username"), "");
    }

    private static void promisedOfTheSample(Map<String, String> properties) throws SQLException {
        assertEquals("source", properties.get("caravan.connection.shop-prod.role"));
        assertEquals("target", properties.get("caravan.connection.shop-dev.role"));
        try (Connection source = open(properties, "shop-prod");
                Statement sql = source.createStatement()) {
            // All of this as the ordinary login that only has SELECT.
            assertEquals(
                    "f f f",
                    one(
                            sql,
                            "SELECT concat_ws(' ', rolsuper, rolcreatedb, rolbypassrls) FROM pg_roles"
                                    + " WHERE rolname = current_user"));
            assertThrows(SQLException.class, () -> sql.execute("DELETE FROM public.country"));
            assertEquals("30", one(sql, "SELECT count(*) FROM tenant"));
            assertEquals(
                    "14",
                    one(
                            sql,
                            "SELECT count(*) FROM pg_class c WHERE relkind IN ('r', 'p') AND NOT relispartition"
                                    + " AND relnamespace::regnamespace::text IN ('public', 'billing')"));
            assertEquals("20", one(sql, "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conparentid = 0"));
            assertEquals(
                    "t",
                    one(
                            sql,
                            "SELECT EXISTS (SELECT FROM pg_constraint a JOIN pg_constraint b ON a.conrelid ="
                                    + " b.confrelid AND a.confrelid = b.conrelid WHERE a.contype = 'f' AND a.conrelid <> b.conrelid)"));
            assertEquals(
                    "2", one(sql, "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid = confrelid"));
            assertEquals(
                    "3",
                    one(
                            sql,
                            "SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = inhparent"
                                    + " WHERE c.relkind = 'p'"));
            assertEquals(
                    "m v",
                    one(
                            sql,
                            "SELECT string_agg(relkind::text, ' ' ORDER BY relkind) FROM pg_class"
                                    + " WHERE relkind IN ('m', 'v') AND relnamespace = 'public'::regnamespace"));
            assertEquals("2", one(sql, "SELECT count(*) FROM pg_type WHERE typtype = 'e'"));
            assertEquals("1", one(sql, "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"));
            assertEquals(
                    "0",
                    one(
                            sql,
                            "SELECT count(*) FROM customer WHERE email NOT LIKE '%@example.com'"
                                    + " OR phone NOT LIKE '+49 000 %' OR iban NOT LIKE 'DE00%'"));
            assertEquals("20000", one(sql, "SELECT count(emergency_contact) FROM customer"));
            assertTrue(Long.parseLong(one(
                            sql,
                            "SELECT sum(reltuples::bigint) FROM pg_class WHERE relkind = 'r'"
                                    + " AND relnamespace::regnamespace::text IN ('public', 'billing')"))
                    > 400_000);
        }
        try (Connection target = open(properties, "shop-dev");
                Statement sql = target.createStatement()) {
            assertEquals(
                    "f t t",
                    one(
                            sql,
                            "SELECT concat_ws(' ', rolsuper, rolcreatedb, datdba = r.oid) FROM pg_roles r,"
                                    + " pg_database WHERE rolname = current_user AND datname = current_database()"));
            assertEquals("120", one(sql, "SELECT count(*) FROM customer"));
        }
    }

    private static String one(Statement sql, String query) throws SQLException {
        try (ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
