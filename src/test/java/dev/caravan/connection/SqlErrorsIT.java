package dev.caravan.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.servers.Sql;
import dev.caravan.servers.TestServers;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Whatever a server says about a row, the row's value does not come along. */
class SqlErrorsIT {
    private static final String CANARY = "canary";
    private static Connection session;

    @BeforeAll
    static void make() throws SQLException {
        session = TestServers.source().connect("postgres");
        Sql.execute(
                session,
                "CREATE TEMP TABLE t (a text UNIQUE, b int, c text CHECK (c <> 'canary'), d text NOT NULL DEFAULT 'x')",
                "INSERT INTO t VALUES ('canary', 1, 'y')",
                "CREATE TEMP TABLE f (a text REFERENCES t (a))",
                "CREATE DOMAIN pg_temp.dom AS text CHECK (value <> 'canary')");
    }

    @AfterAll
    static void close() throws SQLException {
        session.close();
    }

    private static CaravanException translated(String statement) {
        SQLException thrown = assertThrows(SQLException.class, () -> Sql.execute(session, statement));
        return SqlErrors.translate(thrown, "shop", "trying");
    }

    private static void showsNothing(CaravanException error) {
        String all = error.getMessage() + error.hint() + error.attributes();
        assertFalse(all.contains(CANARY), all);
        assertEquals(null, error.getCause());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t (a) VALUES ('canary')",
                "INSERT INTO t (c) VALUES ('canary')",
                "INSERT INTO t (a, d) VALUES ('canary2', NULL)",
                "INSERT INTO f VALUES ('canary3')",
                "DELETE FROM t WHERE a = 'canary' AND ('canary'::text)::int = 1",
                "SELECT 'canary'::int",
                "SELECT 'canary'::date",
                "SELECT 'canary'::jsonb",
                "SELECT '{canary'::text[]",
                "SELECT 'canary'::pg_temp.dom",
                "SELECT 'canary'::text::uuid",
                "CREATE UNIQUE INDEX ON pg_temp.t ((a || a::int))",
                "DO $$ BEGIN RAISE EXCEPTION 'canary' USING ERRCODE = '42P01'; END $$",
                "DO $$ BEGIN RAISE EXCEPTION 'canary' USING ERRCODE = '55P03', COLUMN = 'canary'; END $$",
                "DO $$ BEGIN RAISE EXCEPTION 'x' USING TABLE = 'canary', SCHEMA = 'canary', CONSTRAINT = 'canary'; END $$",
                "DO $$ BEGIN EXECUTE 'SELECT ''canary''::int'; END $$"
            })
    void noValueIsInTheError(String statement) {
        showsNothing(translated(statement));
    }

    @Test
    void copyThatFailsShowsNoLine() throws SQLException {
        PGConnection driver = session.unwrap(PGConnection.class);
        for (String line : new String[] {"canary\t1\ty\tx\n", "z\tcanary\ty\tx\n", "z\t1\tcanary\tx\n", "canary\n"}) {
            SQLException thrown = assertThrows(
                    SQLException.class, () -> driver.getCopyAPI().copyIn("COPY t FROM STDIN", new StringReader(line)));
            showsNothing(SqlErrors.translate(thrown, "shop", "writing"));
        }
    }

    @Test
    void aStatementThatTheServerEndsIsNamed() throws SQLException {
        try (Connection impatient = TestServers.source().connect("postgres")) {
            Sql.execute(impatient, "SET statement_timeout = '10ms'");
            SQLException ended =
                    assertThrows(SQLException.class, () -> Sql.execute(impatient, "SELECT pg_catalog.pg_sleep(10)"));
            CaravanException error = SqlErrors.translate(ended, "shop", "waiting");
            assertEquals(ErrorCode.STATEMENT_CANCELLED, error.code());
            assertTrue(error.getMessage().contains("due to statement timeout"), error.getMessage());
        }
    }

    @Test
    void aDeadlockIsNamed() throws Exception {
        try (Connection one = TestServers.source().connect("postgres");
                Connection other = TestServers.source().connect("postgres")) {
            for (Connection session : List.of(one, other)) {
                Sql.execute(session, "SET deadlock_timeout = '50ms'");
                session.setAutoCommit(false);
            }
            Sql.execute(one, "SELECT pg_catalog.pg_advisory_xact_lock(77001)");
            Sql.execute(other, "SELECT pg_catalog.pg_advisory_xact_lock(77002)");
            // Whichever of the two the server ends, the other one goes on.
            CompletableFuture<Optional<SQLException>> waiting =
                    CompletableFuture.supplyAsync(() -> locking(one, "77002"));
            Optional<SQLException> here = locking(other, "77001");
            other.rollback();
            SQLException ended = here.or(waiting::join).orElseThrow();
            assertEquals(
                    ErrorCode.DEADLOCK,
                    SqlErrors.translate(ended, "shop", "locking").code());
            waiting.join();
        }
    }

    private static Optional<SQLException> locking(Connection session, String key) {
        try {
            Sql.execute(session, "SELECT pg_catalog.pg_advisory_xact_lock(" + key + ")");
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(e);
        }
    }

    @Test
    void namesOfObjectsAreKept() {
        CaravanException error = translated("INSERT INTO t (a) VALUES ('canary')");
        assertEquals("t_a_key", error.attributes().get("constraint"));
        assertEquals("23505", error.attributes().get("sqlState"));
        assertEquals(
                "On \"shop\", trying failed with SQLSTATE 42P01: relation \"nowhere\" does not exist.",
                translated("SELECT * FROM nowhere").getMessage());
        assertEquals(ErrorCode.DATABASE, translated("SELECT * FROM nowhere").code());
    }
}
