package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.Login;
import dev.caravan.servers.OwnServer;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source's server goes away in the middle of a COPY: another attempt, from zero, as often as it may be. */
class RestartIT {
    private static final String ROWS = Trials.SLOW_ROWS.replace("0.05", "0.004");

    private static Trials trials;
    private static OwnServer source;
    private static Trial restarted;
    private static Trial gone;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        source = OwnServer.start();
        trials = new Trials(folder).with("caravan.jobs.retryPause", "2s");
        TestServer target = TestServers.target();
        Login reader = new Login(source.server().superuser(), source.server().password());
        Login writer = new Login(target.superuser(), target.password());
        restarted = trials.add("restarted", source.server(), target, ROWS, reader, writer);
        gone = trials.add("gone", source.server(), target, ROWS, reader, writer);
        trials.start();
    }

    @AfterAll
    static void stop() {
        if (trials != null) {
            trials.close();
        }
        if (source != null) {
            source.close();
        }
    }

    private static String copying(Trial trial) {
        String id = trials.service().create(trial.request("\"verify\":\"CONTENT\""));
        Trials.awaitSession(TestServers.target(), id, "query LIKE 'COPY %' AND state = 'active'");
        return id;
    }

    private static String events(String id) {
        return trials.service()
                .call("GET", "/api/v1/copy-jobs/" + id + "/events", null)
                .toString();
    }

    @Test
    void sourceThatIsRestartedInTheMiddleOfACopyIsCopiedByTheSecondAttempt() {
        String id = copying(restarted);
        source.crash();
        source.begin();
        JsonNode job = trials.service().end(id);
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        assertEquals(2, job.path("attempt").asInt(), job::toString);
        assertEquals(
                restarted.source().text("SELECT md5(string_agg(i::text, ',' ORDER BY id)) FROM item i"),
                restarted.target().text("SELECT md5(string_agg(i::text, ',' ORDER BY id)) FROM item i"));
        assertTrue(events(id).contains("Attempt 1 of at most 3 failed: connection-unreachable"), () -> events(id));
        assertTrue(events(id).contains("Attempt 2 began."), () -> events(id));
        trials.assertNothingLeft();
    }

    @Test
    void sourceThatDoesNotComeBackFailsTheJobAfterItsAttemptsAndTheOldTargetStays() {
        String id = copying(gone);
        source.crash();
        try {
            JsonNode job = trials.service().end(id);
            JsonNode problem = trials.failed(gone, "connection-unreachable", job);
            assertEquals(3, job.path("attempt").asInt(), job::toString);
            assertEquals(3, problem.path("attempts").asInt(), problem::toString);
            assertTrue(problem.path("detail").asText().contains("from-gone"), problem::toString);
        } finally {
            source.begin();
        }
    }
}
