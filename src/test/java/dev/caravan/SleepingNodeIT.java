package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of two nodes on a store sleeps through the end of its lease; the other one ends its job and replaces the target. When the first wakes
 * up, it must change nothing any more.
 */
class SleepingNodeIT {
    private static final String NEW_CONTENT = """
            SELECT (SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM item t)
              || (SELECT concat_ws('|', oid, datallowconn) FROM pg_database WHERE datname = current_database())
            """;

    @TempDir
    Path folder;

    private Trials trials;
    private TestDatabase store;
    private Trial trial;
    private Login reader;

    @BeforeEach
    void databases() {
        trials = new Trials(folder);
        store = TestServers.target().createDatabase("sleepers_store");
        reader = TestServers.source().createSourceReader("BYPASSRLS");
        TestServer target = TestServers.target();
        trial = trials.add(
                "asleep",
                Trials.SLOW_ROWS.replace("1, 1000)", "1, 60)"),
                reader,
                new Login(target.superuser(), target.password()));
    }

    @AfterEach
    void drop() {
        trials.close();
        store.close();
    }

    private ServiceUnderTest.Configuration node(String name) throws IOException {
        TestServer target = TestServers.target();
        Login superuser = new Login(target.superuser(), target.password());
        System.setProperty("test.sleepers.password", superuser.password());
        return new ServiceUnderTest.Configuration(Files.createDirectories(folder.resolve(name)))
                .source("from-asleep", trial.source(), reader)
                .target("to-asleep", target, trial.target().name(), superuser)
                .with("caravan.store.url", target.url(store.name()))
                .with("caravan.store.username", superuser.role())
                .with("caravan.store.password", "{{sys:test.sleepers.password}}")
                .with("caravan.node", name)
                .with("caravan.lease.duration", "3s")
                .with("caravan.lease.renewal", "1s")
                .with("caravan.repair.period", "1s");
    }

    @Test
    void nodeThatWakesAfterItsCopyWasTakenOverChangesNothing() throws Exception {
        try (ServiceProcess sleeper =
                ServiceProcess.start(Files.createDirectories(folder.resolve("sleeper-process")), node("sleeper"))) {
            String id = sleeper.create(trial.request());
            Trials.awaitSession(TestServers.target(), id, "query LIKE 'COPY %' AND state = 'active'");
            sleeper.pause();
            takenOverAndReplaced(sleeper, id);
        }
    }

    @Test
    void nodeThatWakesInTheMiddleOfASwapThatWasUndoneChangesNothing() throws Exception {
        try (ServiceProcess sleeper =
                ServiceProcess.start(Files.createDirectories(folder.resolve("sleeper-process")), node("sleeper"))) {
            String id;
            try (Connection other = TestServers.target().connect("postgres");
                    Statement statement = other.createStatement()) {
                id = sleeper.create(trial.request());
                Trials.awaitSession(TestServers.target(), id, "query LIKE 'COPY %' AND state = 'active'");
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE pg_catalog.pg_database IN SHARE MODE");
                Trials.awaitSession(
                        TestServers.target(), id, "query LIKE 'ALTER DATABASE%' AND wait_event_type = 'Lock'");
                sleeper.pause();
                // Its statement goes through now, and nobody commits it.
                other.commit();
            }
            takenOverAndReplaced(sleeper, id);
        }
    }

    private void takenOverAndReplaced(ServiceProcess sleeper, String id) throws Exception {
        try (ServiceUnderTest waker = node("waker").start()) {
            trials.failed(trial, "interrupted", waker.end(id));
            JsonNode next = waker.copy(trial.request());
            assertEquals("SUCCEEDED", next.path("state").asText(), next::toString);
            String content = trial.target().text(NEW_CONTENT);
            sleeper.wake();
            Awaitility.await("the sleeper is done with its job")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> Files.readString(sleeper.output()).contains("Job " + id + " ended"));
            assertEquals(content, trial.target().text(NEW_CONTENT));
            assertEquals("FAILED", waker.job(id).path("state").asText());
            trials.assertNothingLeft();
        }
    }
}
