package dev.caravan.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestServersIT {
    private static final String IDENTIFIER = "SELECT system_identifier FROM pg_control_system()";

    @Test
    void sourceAndTargetAreDifferentClusters() {
        try (TestDatabase here = TestServers.source().createDatabase("here");
                TestDatabase there = TestServers.target().createDatabase("there")) {
            assertNotEquals(here.text(IDENTIFIER), there.text(IDENTIFIER));
        }
    }

    @Test
    void sourceReaderReadsRowsAndLargeObjectsAndWritesNothing() throws SQLException {
        try (TestDatabase database = TestServers.source().createDatabase("read")) {
            database.execute("CREATE TABLE t (a int)", "INSERT INTO t VALUES (7)", "SELECT lo_from_bytea(77, 'x')");
            Login reader = database.server().createSourceReader("");
            try (Connection connection = database.connect(reader)) {
                assertEquals("7", Sql.text(connection, "SELECT a FROM public.t"));
                assertEquals("1", Sql.text(connection, "SELECT length(lo_get(77))"));
                SQLException refused = assertThrows(
                        SQLException.class, () -> Sql.execute(connection, "INSERT INTO public.t VALUES (8)"));
                assertEquals(database.server().major() < 14 ? "25006" : "42501", refused.getSQLState());
            }
        }
    }

    @Test
    void targetLoginMayCreateDatabasesAndIsNoSuperuser() throws SQLException {
        Login login = TestServers.target().createTargetLogin();
        try (TestDatabase database = TestServers.target().createDatabase("owned", login);
                Connection connection = database.connect(login)) {
            assertEquals(
                    "t f",
                    Sql.text(
                            connection,
                            "SELECT concat_ws(' ', rolcreatedb, rolsuper) FROM pg_roles WHERE rolname = current_user"));
            Sql.execute(connection, "CREATE TABLE mine (id int)");
        }
    }

    @Test
    void closedDatabaseIsGoneThoughSomebodyIsConnected() throws SQLException {
        TestDatabase database = TestServers.source().createDatabase("closed");
        try (Connection connection = database.connect()) {
            assertTrue(connection.isValid(5));
            database.close();
            assertFalse(database.server().hasDatabase(database.name()));
        }
    }

    @Test
    void scriptStopsAtItsFirstError() {
        try (TestDatabase database = TestServers.source().createDatabase("script")) {
            assertThrows(IllegalStateException.class, () -> database.run("SELECT 1/0; CREATE TABLE after (id int);"));
            assertEquals(null, database.text("SELECT to_regclass('public.after')"));
        }
    }
}
