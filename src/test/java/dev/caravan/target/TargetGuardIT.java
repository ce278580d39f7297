package dev.caravan.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.Identity;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.servers.OwnServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetGuardIT {
    private static TestServer postgres;

    @BeforeAll
    static void databases() {
        postgres = new TestServer();
        postgres.sql("postgres", "CREATE DATABASE shop", "CREATE DATABASE other", "CREATE DATABASE dev OWNER copier");
    }

    private static TargetGuard check(ConnectionConfig target, ConnectionConfig... others) {
        return TargetGuard.check(
                TargetServer.forJob(target, TestServer.newJob()), postgres.source("prod", "shop"), List.of(others));
    }

    private static void assertProtected(ConnectionConfig target, ConnectionConfig... others) {
        CaravanException error = assertThrows(CaravanException.class, () -> check(target, others));
        assertEquals(ErrorCode.TARGET_PROTECTED, error.code(), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.0.0.2", "127.1", "::1", "0.0.0.0"})
    void theSourceIsRefusedUnderEveryAddress(String host) {
        ConnectionConfig target =
                postgres.target("shop").at(host, postgres.port()).build();
        CaravanException error = assertThrows(CaravanException.class, () -> check(target));

        // Where the machine has no such address nothing can be written either.
        if (error.code() != ErrorCode.CONNECTION_UNREACHABLE || host.matches("localhost|127\\.0\\.0\\.1")) {
            assertEquals(ErrorCode.TARGET_PROTECTED, error.code(), error.getMessage());
        }
    }

    @Test
    void theSourceIsRefusedThroughAnotherPort() throws Exception {
        try (Forwarder forwarder = new Forwarder(postgres.port())) {
            assertProtected(
                    postgres.target("shop").at("localhost", forwarder.port()).build());
        }
    }

    @Test
    void aDeclaredCloneThatIsTheSourceItselfIsRefused() throws Exception {
        try (Forwarder forwarder = new Forwarder(postgres.port())) {
            assertProtected(postgres.target("shop")
                    .at("127.0.0.1", forwarder.port())
                    .clonedFrom("prod")
                    .build());
        }
    }

    @Test
    void anotherDeclaredSourceIsRefusedToo() {
        assertProtected(postgres.target("other").build(), postgres.source("second", "other"));
        check(postgres.target("other").build());
    }

    @Test
    void aSourceThatCannotBeReachedIsPassedOver() {
        ConnectionConfig gone =
                new TestServer.Config(postgres, "gone", ConnectionConfig.Role.SOURCE, "nowhere").build();

        check(postgres.target("other").build(), gone);
    }

    @Test
    void theMaintenanceDatabaseIsRefused() {
        assertProtected(postgres.target("postgres").build());
    }

    @Test
    void anotherDatabaseOfTheSourcesServerIsLetThrough() {
        assertEquals(
                OptionalLong.of(postgres.oid("dev")),
                check(postgres.target("dev").as("copier").build()).oldTarget());
        assertTrue(check(postgres.target("absent").as("copier").build())
                .oldTarget()
                .isEmpty());
    }

    @Test
    void theSourceIsRefusedRightBeforeTheChangeWhenItGotTheTargetsName() throws SQLException {
        TargetServer target = TargetServer.forJob(postgres.target("dev").build(), TestServer.newJob());
        TargetGuard guard = TargetGuard.check(target, postgres.source("prod", "shop"), List.of());
        postgres.sql("postgres", "ALTER DATABASE dev RENAME TO aside", "ALTER DATABASE shop RENAME TO dev");
        try (Connection session = target.maintenance()) {
            long shop = postgres.oid("dev");
            assertThrows(CaravanException.class, () -> guard.mayChange(session, "dev", shop));
            assertThrows(CaravanException.class, () -> guard.mayChange(session, "dev", postgres.oid("aside")));
        } finally {
            postgres.sql("postgres", "ALTER DATABASE dev RENAME TO shop", "ALTER DATABASE aside RENAME TO dev");
        }
    }

    @Test
    void anotherServerThanTheOneOfTheStartIsNotTouched() throws SQLException {
        TargetGuard guard = check(postgres.target("dev").build());
        TestServer elsewhere = new TestServer();
        try (Connection session = elsewhere.session("postgres")) {
            long oid = elsewhere.oid("postgres");
            CaravanException error =
                    assertThrows(CaravanException.class, () -> guard.mayChange(session, "postgres", oid));
            assertEquals(ErrorCode.TARGET_PROTECTED, error.code());
        }
    }

    @Test
    void whatIsTidiedUpAfterACrashIsNoSourceEither() throws SQLException {
        List<ConnectionConfig> sources = List.of(
                postgres.source("prod", "shop"), postgres.target("other").build());
        TargetServer shop = TargetServer.forJob(postgres.target("shop").build(), TestServer.newJob());
        assertThrows(CaravanException.class, () -> TargetGuard.forRepair(shop, sources));
        TargetServer dev = TargetServer.forJob(postgres.target("dev").build(), TestServer.newJob());
        TargetGuard guard = TargetGuard.forRepair(dev, sources);
        assertEquals(OptionalLong.of(postgres.oid("dev")), guard.oldTarget());
        try (Connection session = postgres.session("postgres")) {
            assertEquals(Identity.of(session).systemIdentifier(), guard.server().systemIdentifier());
            guard.mayChange(session, "dev", postgres.oid("dev"));
            guard.mayChange(session, "other", postgres.oid("other"));
        }
    }

    @Test
    void twoServersAreToldApartByALockAndOneIsNot() throws SQLException {
        TestServer elsewhere = new TestServer();
        TargetServer target = TargetServer.forJob(postgres.target("dev").build(), TestServer.newJob());
        try (Connection session = target.maintenance()) {
            assertTrue(CloneHandshake.twoServers(session, elsewhere.source("far", "postgres"), target));
            assertTrue(!CloneHandshake.twoServers(session, postgres.source("near", "shop"), target));
        }
    }

    @Test
    void aStandbyIsNoTargetForANewDatabaseEither() {
        try (OwnServer primary = OwnServer.start();
                OwnServer standby = OwnServer.standbyOf(primary.server())) {
            ConnectionConfig there = postgres.target("absent")
                    .at("localhost", primary.server().port())
                    .build();
            assertTrue(check(there).oldTarget().isEmpty());
            assertProtected(postgres.target("absent")
                    .at("localhost", standby.server().port())
                    .build());
        }
    }
}
