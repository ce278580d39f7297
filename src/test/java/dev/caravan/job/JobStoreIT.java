package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The store's promises on both its databases, and what only one of them has. */
final class JobStoreIT {
    static JobStore.Settings settings(String url, String password, String node) {
        return new JobStore.Settings(url, "postgres", password, node, JobStoreScenarios.LEASE, 100);
    }

    static CaravanException refused(String url, String password) {
        CaravanException error = assertThrows(
                CaravanException.class, () -> JobStore.open(settings(url, password, "node-9"), Clock.systemUTC())
                        .close());
        assertEquals(ErrorCode.CONFIGURATION, error.code(), error.getMessage());
        assertFalse(error.hint().isEmpty());
        assertFalse((error.getMessage() + error.hint() + error.attributes()).contains("s3cret"));
        return error;
    }

    @Nested
    final class OnSqlite extends JobStoreScenarios {
        @TempDir
        Path directory;

        @Override
        JobStore.Settings settings(String node, int queueLimit) {
            return new JobStore.Settings(url(), "", "", node, LEASE, queueLimit);
        }

        private String url() {
            return "jdbc:sqlite:" + directory.resolve("caravan.db");
        }

        @Test
        void aSecondProcessIsRefusedUntilTheFirstCloses() throws Exception {
            assertEquals("CONFIGURATION", openedElsewhere());
            // An attempt in this process must not loosen its own hold.
            assertTrue(refused(url(), "").getMessage().contains("in use"));
            assertEquals("CONFIGURATION", openedElsewhere());
            store.close();
            assertEquals("opened", openedElsewhere());
        }

        private String openedElsewhere() throws IOException, InterruptedException {
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OpensStore.class.getName(),
                            url())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output.lines().reduce((first, last) -> last).orElse("");
        }

        @Test
        void aSymbolicLinkToTheFileIsTheSameFile() throws IOException {
            Path link = Files.createSymbolicLink(directory.resolve("link.db"), directory.resolve("caravan.db"));
            assertTrue(refused("jdbc:sqlite:" + link, "").getMessage().contains("in use"));
        }

        @Test
        void everyRunningJobIsAbandonedAtOpenWhateverItsNode() {
            created("a");
            String id = store.claim().orElseThrow().id();
            store.close();
            store = JobStore.open(settings("another-node", 100), clock);
            assertEquals(
                    List.of(id), store.abandoned().stream().map(CopyJob::id).toList());
        }

        @Test
        void aFileThatCannotBeOneIsRefusedAndLetGo() throws IOException {
            Path text =
                    Files.writeString(directory.resolve("notes.txt"), "no database at all, but long enough to be read");
            assertTrue(refused("jdbc:sqlite:" + text, "").getMessage().contains("SQLITE_NOTADB"));
            // Not held any more: the same error, not "in use".
            assertTrue(refused("jdbc:sqlite:" + text, "").getMessage().contains("SQLITE_NOTADB"));
            refused("jdbc:sqlite:" + directory, "");
            refused("jdbc:sqlite:" + directory.resolve("no/such/directory.db"), "");
            refused("jdbc:sqlite::memory:", "");
            refused("jdbc:mysql://localhost/x?password=s3cret", "");
        }

        @Test
        void aNewerSchemaIsRefused() throws Exception {
            sql("INSERT INTO caravan_schema_history SELECT 99, '99', 'later', type, 'V99__later.sql', checksum,"
                    + " installed_by, installed_on, execution_time, success FROM caravan_schema_history"
                    + " WHERE version = '1'");
            store.close();
            assertTrue(refused(url(), "").getMessage().contains("newer"));
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OnPostgres extends JobStoreScenarios {
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
        JobStore.Settings settings(String node, int queueLimit) {
            return new JobStore.Settings(url(), "postgres", "postgres", node, LEASE, queueLimit);
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
}
