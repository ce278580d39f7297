package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The store on a server, and what only a server has: several nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JobStorePostgresIT extends JobStoreScenarios {
    private EmbeddedPostgres server;

    @BeforeAll
    void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    @Override
    void open() throws Exception {
        clock.now = NOON;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA public CASCADE");
            statement.execute("CREATE SCHEMA public");
        }
        super.open();
    }

    @Override
    StoreSettings settings(String node, int queueLimit) {
        return new StoreSettings(url(), "postgres", "postgres", node, LEASE, queueLimit);
    }

    private String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Test
    void twoNodesShareTheJobs() {
        try (JobStore other = JobStore.open(settings("node-2", 100), clock)) {
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
        try (JobStore other = JobStore.open(settings("node-2", 100), clock)) {
            assertEquals(List.of(), other.abandoned());
            clock.now = NOON.plus(LEASE).plusMillis(1);
            assertEquals(1, other.abandoned().size());
        }
    }

    @Test
    void aLoginOrDatabaseThatIsWrongIsRefusedWithoutTheSecret() throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP ROLE IF EXISTS nobody_may_log_in");
            statement.execute("CREATE ROLE nobody_may_log_in NOLOGIN PASSWORD 's3cret'");
        }
        String host = "jdbc:postgresql://localhost:" + server.getPort() + "/";
        CaravanException login = refused(host + "postgres?user=nobody_may_log_in&password=s3cret", "s3cret");
        assertEquals("28000", login.attributes().get("sqlState"));
        CaravanException database = refused(host + "no_such_database", "s3cret");
        assertEquals("3D000", database.attributes().get("sqlState"));
        refused("jdbc:postgresql://localhost:1/postgres", "s3cret");
    }

    @Test
    void aSchemaOfSomebodyElsesIsRefused() throws Exception {
        store.close();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE caravan_schema_history");
        }
        assertTrue(refused(url(), "postgres").hint().contains("nothing else"));
    }
}
