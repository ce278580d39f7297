package dev.caravan.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows are read as far as somebody wants them, and whatever comes between leaves the session as it was. */
class ValueSampleIT {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static TestDatabase database;
    private Connection session;

    @BeforeAll
    static void create() {
        database = TestServers.source().createDatabase("sampled");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        session = database.connect();
        session.setAutoCommit(false);
        assertEquals("0", timeout());
    }

    @AfterEach
    void end() throws SQLException {
        session.close();
    }

    private String timeout() throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SHOW statement_timeout")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void rowsAreReadUntilNoOtherIsWanted() throws SQLException {
        List<byte[][]> rows = new ArrayList<>();
        assertEquals(
                Sampled.READ,
                ValueSample.read(
                        session, "SELECT i::text, NULL::text FROM generate_series(1, 1000000) i", 2, LONG, row -> {
                            rows.add(row);
                            return rows.size() < 700;
                        }));
        assertEquals(700, rows.size());
        assertArrayEquals("700".getBytes(StandardCharsets.US_ASCII), rows.get(699)[0]);
        assertNull(rows.get(699)[1]);
        assertEquals("0", timeout());
    }

    @Test
    void whatTakesTooLongIsGivenUp() throws SQLException {
        assertEquals(
                Sampled.TIME_OVER,
                ValueSample.read(session, "SELECT pg_sleep(60)::text", 1, Duration.ofMillis(50), row -> true));
        assertEquals(
                Sampled.TIME_OVER,
                ValueSample.read(
                        session,
                        "SELECT i::text, pg_sleep(0.0005) FROM generate_series(1, 1000000) i",
                        1,
                        Duration.ofMillis(500),
                        row -> true),
                "each piece in time, and all of them not");
        assertEquals("0", timeout());
    }

    @Test
    void whatTheServerRefusesIsLeft() throws SQLException {
        assertEquals(Sampled.REFUSED, ValueSample.read(session, "SELECT (1 / 0)::text", 1, LONG, row -> true));
        assertEquals("0", timeout());
    }

    @Test
    void aSessionThatIsGoneIsAFailure() {
        assertThrows(
                SQLException.class,
                () -> ValueSample.read(
                        session, "SELECT pg_terminate_backend(pg_backend_pid())::text", 1, LONG, row -> true));
    }
}
