package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The store on a server, and what only a server has: several nodes. */
final class JobStorePostgresIT extends JobStoreScenarios implements StoreKind.Postgres {
    @Test
    void twoNodesShareTheJobs() {
        try (Store node = Store.open(place.settings("node-2", 100), clock)) {
            JobStore other = node.jobs();
            CopyJob first =
                    other.create(CopyRequest.of("p", "a"), Optional.empty()).job();
            assertEquals(first.id(), store.claim().orElseThrow().id());
            assertEquals(Optional.empty(), other.claim());
            assertEquals(JobState.RUNNING, other.get(first.id()).state());
        }
    }

    @Test
    void anotherNodesStartLeavesARunningJobAlone() {
        store.create(CopyRequest.of("p", "a"), Optional.empty());
        store.claim();
        try (Store node = Store.open(place.settings("node-2", 100), clock)) {
            JobStore other = node.jobs();
            assertEquals(List.of(), other.abandoned());
            clock.now = NOON.plus(LEASE).plusMillis(1);
            assertEquals(1, other.abandoned().size());
        }
    }

    /** As a process does that is stopped in the middle of one: its connection stays. */
    @Test
    void aTransactionThatNobodyGoesOnWithLetsGoOfItsRows() throws Exception {
        CopyJob job = running("a");
        try (Store stopped = Store.open(
                new StoreSettings(
                        place.url(), place.username(), place.password(), "node-2", Duration.ofSeconds(1), 100),
                clock)) {
            Connection held = stopped.dataSource().getConnection();
            held.setAutoCommit(false);
            try (Statement statement = held.createStatement()) {
                assertEquals(
                        1, statement.executeUpdate("UPDATE copy_job SET node = node WHERE id = '" + job.id() + "'"));
            }
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> sql("UPDATE copy_job SET node = node"));
        }
    }

    @Test
    void aLoginOrDatabaseThatIsWrongIsRefusedWithoutTheSecret() {
        TestServer server = TestServers.target();
        Login nobody = server.createLogin("nobody", "");
        server.administer("ALTER ROLE " + nobody.role() + " NOLOGIN");
        CaravanException login = refused(
                server.url("postgres") + "?user=" + nobody.role() + "&password=" + nobody.password(),
                "",
                nobody.password());
        assertFalse(said(login).contains(nobody.password()));
        assertEquals("28000", login.attributes().get("sqlState"));
        CaravanException database = refused(server.url("no_such_database"), server.superuser(), server.password());
        assertEquals("3D000", database.attributes().get("sqlState"));
        refused("jdbc:postgresql://localhost:1/postgres", "postgres", "s3cret");
    }

    @Test
    void aSchemaOfSomebodyElsesIsRefused() throws Exception {
        sql("DROP TABLE caravan_schema_history");
        opened.close();
        assertTrue(
                refused(place.url(), place.username(), place.password()).hint().contains("nothing else"));
    }
}
