package dev.caravan.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetGuardIT {
    private static final TestServer SERVER = new TestServer();

    @BeforeAll
    static void databases() {
        SERVER.sql("postgres", "CREATE DATABASE shop", "CREATE DATABASE other", "CREATE DATABASE dev OWNER copier");
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static TargetGuard check(ConnectionConfig target, ConnectionConfig... others) {
        return TargetGuard.check(
                TargetServer.forJob(target, TestServer.newJob()), SERVER.source("prod", "shop"), List.of(others));
    }

    private static void assertProtected(ConnectionConfig target, ConnectionConfig... others) {
        CaravanException error = assertThrows(CaravanException.class, () -> check(target, others));
        assertEquals(ErrorCode.TARGET_PROTECTED, error.code(), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.0.0.2", "127.1", "::1", "0.0.0.0"})
    void theSourceIsRefusedUnderEveryAddress(String host) {
        ConnectionConfig target = SERVER.target("shop").at(host, SERVER.port()).build();
        CaravanException error = assertThrows(CaravanException.class, () -> check(target));

        // Where the machine has no such address nothing can be written either.
        if (error.code() != ErrorCode.CONNECTION_UNREACHABLE || host.matches("localhost|127\\.0\\.0\\.1")) {
            assertEquals(ErrorCode.TARGET_PROTECTED, error.code(), error.getMessage());
        }
    }

    @Test
    void theSourceIsRefusedThroughAnotherPort() throws Exception {
        try (Forwarder forwarder = new Forwarder(SERVER.port())) {
            assertProtected(
                    SERVER.target("shop").at("localhost", forwarder.port()).build());
        }
    }

    @Test
    void aDeclaredCloneThatIsTheSourceItselfIsRefused() throws Exception {
        try (Forwarder forwarder = new Forwarder(SERVER.port())) {
            assertProtected(SERVER.target("shop")
                    .at("127.0.0.1", forwarder.port())
                    .clonedFrom("prod")
                    .build());
        }
    }

    @Test
    void anotherDeclaredSourceIsRefusedToo() {
        assertProtected(SERVER.target("other").build(), SERVER.source("second", "other"));
        check(SERVER.target("other").build());
    }

    @Test
    void aSourceThatCannotBeReachedIsPassedOver() {
        ConnectionConfig gone = new TestServer.Config(SERVER, "gone", ConnectionConfig.Role.SOURCE, "nowhere").build();

        check(SERVER.target("other").build(), gone);
    }

    @Test
    void theMaintenanceDatabaseIsRefused() {
        assertProtected(SERVER.target("postgres").build());
    }

    @Test
    void anotherDatabaseOfTheSourcesServerIsLetThrough() {
        assertEquals(
                OptionalLong.of(SERVER.oid("dev")),
                check(SERVER.target("dev").as("copier").build()).oldTarget());
        assertTrue(
                check(SERVER.target("absent").as("copier").build()).oldTarget().isEmpty());
    }

    @Test
    void theSourceIsRefusedRightBeforeTheChangeWhenItGotTheTargetsName() throws SQLException {
        TargetServer server = TargetServer.forJob(SERVER.target("dev").build(), TestServer.newJob());
        TargetGuard guard = TargetGuard.check(server, SERVER.source("prod", "shop"), List.of());
        SERVER.sql("postgres", "ALTER DATABASE dev RENAME TO aside", "ALTER DATABASE shop RENAME TO dev");
        try (Connection session = server.maintenance()) {
            long shop = SERVER.oid("dev");
            assertThrows(CaravanException.class, () -> guard.mayChange(session, "dev", shop));
            assertThrows(CaravanException.class, () -> guard.mayChange(session, "dev", SERVER.oid("aside")));
        } finally {
            SERVER.sql("postgres", "ALTER DATABASE dev RENAME TO shop", "ALTER DATABASE aside RENAME TO dev");
        }
    }

    @Test
    void twoServersAreToldApartByALockAndOneIsNot() throws SQLException {
        try (TestServer elsewhere = new TestServer()) {
            TargetServer server = TargetServer.forJob(SERVER.target("dev").build(), TestServer.newJob());
            try (Connection session = server.maintenance()) {
                assertTrue(CloneHandshake.twoServers(session, elsewhere.source("far", "postgres"), server));
                assertTrue(!CloneHandshake.twoServers(session, SERVER.source("near", "shop"), server));
            }
        }
    }
}
