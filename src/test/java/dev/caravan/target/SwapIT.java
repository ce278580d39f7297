package dev.caravan.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a swap takes along, and what may keep it from happening. */
class SwapIT extends ReadyToSwap {
    @ParameterizedTest
    @ValueSource(strings = {TestServer.COPIER, TestServer.SUPERUSER})
    void theStagingDatabaseTakesTheTargetsPlaceAndItsProperties(String login) throws SQLException {
        String name = oldTarget();
        SERVER.sql(
                "postgres",
                "ALTER DATABASE " + name + " SET search_path = \"$user\", \"a,\"\"b\", public",
                "ALTER DATABASE " + name + " SET statement_timeout = '7s'",
                "ALTER DATABASE " + name + " CONNECTION LIMIT 33",
                "COMMENT ON DATABASE " + name + " IS 'the team''s'",
                "REVOKE TEMPORARY ON DATABASE " + name + " FROM PUBLIC",
                "GRANT CREATE ON DATABASE " + name + " TO app");
        if (login.equals(TestServer.SUPERUSER)) {
            // Nobody else may set what no module has declared.
            SERVER.sql("postgres", "ALTER DATABASE " + name + " SET my.word = 'it''s \\ here'");
        }
        String settings = "SELECT string_agg(setconfig::text, '') FROM pg_db_role_setting s JOIN pg_database d"
                + " ON d.oid = setdatabase WHERE datname = '" + name + "'";
        String before = SERVER.one("postgres", settings);
        String properties =
                "SELECT concat_ws('|', pg_get_userbyid(datdba), datconnlimit, shobj_description(oid, 'pg_database'),"
                        + " has_database_privilege('app', oid, 'CREATE'), (SELECT string_agg(x::text, ',' ORDER BY x::text)"
                        + " FROM aclexplode(datacl) x)) FROM pg_database WHERE datname = '" + name + "'";
        String propertiesBefore = SERVER.one("postgres", properties);

        Job job = job(SERVER.target(name).as(login).build());
        Swap.Outcome outcome = job.swap();

        assertEquals(List.of(), outcome.leftOut());
        assertEquals(List.of(), outcome.warnings());
        assertEquals(job.staging().oid(), SERVER.oid(name));
        assertTrue(fresh(name) && open(name));
        assertEquals(before, SERVER.one("postgres", settings));
        assertEquals(propertiesBefore, SERVER.one("postgres", properties));
        assertEquals(0, SERVER.oid(job.names().staging()));
        assertEquals(0, SERVER.oid(job.names().previous()));
        assertTrue(job.repair());
        assertTrue(fresh(name));
    }

    @Test
    void aSettingThatTheLoginMayNotSetIsReported() throws SQLException {
        String name = oldTarget();
        SERVER.sql("postgres", "ALTER DATABASE " + name + " SET log_statement = 'all'");

        Swap.Outcome outcome =
                job(SERVER.target(name).as(TestServer.COPIER).build()).swap();

        assertEquals(1, outcome.leftOut().size());
        assertEquals(
                "database's setting log_statement", outcome.leftOut().get(0).object());
        assertTrue(fresh(name));
    }

    @Test
    void withoutAnOldTargetThereIsOneRename() throws SQLException {
        String name = "n" + UUID.randomUUID().toString().substring(0, 8);

        Job job = job(SERVER.target(name)
                .as(TestServer.COPIER)
                .ownedBy(TestServer.OWNER)
                .build());
        job.swap();

        assertTrue(fresh(name));
        assertEquals(
                "app",
                SERVER.one(
                        "postgres", "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = '" + name + "'"));
        assertEquals(
                "t", SERVER.one("postgres", "SELECT has_database_privilege('pg_monitor', '" + name + "', 'CONNECT')"));
    }

    @Test
    void aKeptPreviousDatabaseIsClosedToThePublic() throws SQLException {
        String name = oldTarget();
        long old = SERVER.oid(name);

        Job job =
                job(SERVER.target(name).as(TestServer.COPIER).keepingPrevious().build());
        job.swap();

        assertEquals(old, SERVER.oid(job.names().previous()));
        assertTrue(open(job.names().previous()));
        assertEquals(
                "f",
                SERVER.one(
                        "postgres",
                        "SELECT has_database_privilege('pg_monitor', '"
                                + job.names().previous() + "', 'CONNECT')"));
        assertTrue(job.repair());
        assertEquals(old, SERVER.oid(job.names().previous()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app\"le", "new\nline", "$(touch x)", "100%s", "-d postgres", "host=nowhere", "postgresql://x/y"
            })
    void hostileNamesAreNamesLikeOthers(String name) throws SQLException {
        SERVER.sql("postgres", "CREATE DATABASE " + Identifiers.quoted(name) + " OWNER copier");

        job(SERVER.target(name).as(TestServer.COPIER).build()).swap();

        assertTrue(fresh(name));
    }

    @Test
    void sessionsOnTheOldTargetAreEnded() throws SQLException {
        String name = oldTarget();
        SERVER.sql("postgres", "CREATE ROLE friend LOGIN", "GRANT friend TO copier");
        try (Connection session = SERVER.session(name, "friend", "psql")) {
            job(SERVER.target(name).as(TestServer.COPIER).build()).swap();

            assertFalse(session.isValid(2));
        }
        assertTrue(fresh(name));
    }

    @Test
    void aSessionThatTheLoginMayNotEndLeavesTheOldTargetAsItWas() throws SQLException {
        String name = oldTarget();
        long old = SERVER.oid(name);
        Job job = job(SERVER.target(name).as(TestServer.COPIER).build());
        try (Connection session = SERVER.session(name)) {
            CaravanException error = assertThrows(CaravanException.class, job::swap);

            assertEquals(ErrorCode.TARGET_IN_USE, error.code());
            assertTrue(error.getMessage().contains("postgres (1)"), error.getMessage());
            assertTrue(session.isValid(2));
        }
        assertAsBefore(name, old);
    }

    @Test
    void sessionsAreSparedWhereTheOperatorSaysSo() throws SQLException {
        String name = oldTarget();
        long old = SERVER.oid(name);
        Job job = job(SERVER.target(name).sparingSessions().build());
        try (Connection session = SERVER.session(name)) {
            CaravanException error = assertThrows(CaravanException.class, job::swap);

            assertEquals(ErrorCode.TARGET_IN_USE, error.code());
            assertTrue(session.isValid(2));
        }
        assertAsBefore(name, old);
    }

    @Test
    void aFailureBetweenTheRenamesLeavesTheOldTargetAsItWas() throws SQLException {
        String name = oldTarget();
        long old = SERVER.oid(name);
        Job job =
                job(SERVER.target(name).as(TestServer.COPIER).keepingPrevious().build());
        // Somebody sits on the staging database whom the login may not end: the second rename fails.
        try (Connection session = SERVER.session(job.names().staging())) {
            CaravanException error = assertThrows(CaravanException.class, job::swap);

            assertEquals(ErrorCode.TARGET_IN_USE, error.code());
            assertTrue(session.isValid(2));
        }
        assertAsBefore(name, old);
        assertEquals(job.staging().oid(), SERVER.oid(job.names().staging()));
        assertFalse(job.repair());
        assertEquals(0, SERVER.oid(job.names().staging()));
        assertAsBefore(name, old);
    }

    @Test
    void aTargetThatSomebodyReplacedMeanwhileIsNotTouched() throws SQLException {
        String name = oldTarget();
        Job job = job(SERVER.target(name).as(TestServer.COPIER).build());
        SERVER.sql("postgres", "DROP DATABASE " + name, "CREATE DATABASE " + name + " OWNER copier");
        long other = SERVER.oid(name);

        CaravanException error = assertThrows(CaravanException.class, job::swap);

        assertEquals(ErrorCode.TARGET_PROTECTED, error.code());
        assertAsBefore(name, other);
    }
}
