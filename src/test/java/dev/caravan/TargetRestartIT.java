package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.Login;
import dev.caravan.servers.OwnServer;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The target's server crashes in the middle of a COPY. */
class TargetRestartIT {
    private static final String ROWS = Trials.SLOW_ROWS.replace("0.05", "0.004");
    private static final String LEFT = "SELECT coalesce(string_agg(datname, ', '), '') FROM pg_database"
            + " WHERE datname ~ '_(caravan|before)_[0-9a-f]{8}$'";

    private static Trials trials;
    private static OwnServer target;
    private static Trial restarted;
    private static Trial gone;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        target = OwnServer.start();
        trials = new Trials(folder).with("caravan.jobs.retryPause", "2s").with("caravan.repair.period", "1s");
        TestServer source = TestServers.source();
        Login reader = new Login(source.superuser(), source.password());
        Login writer = new Login(target.server().superuser(), target.server().password());
        restarted = trials.add("target_restarted", source, target.server(), ROWS, reader, writer);
        gone = trials.add("target_gone", source, target.server(), ROWS, reader, writer);
        trials.start();
    }

    @AfterAll
    static void stop() {
        if (trials != null) {
            trials.close();
        }
        if (target != null) {
            target.close();
        }
    }

    private static String copying(Trial trial) {
        String id = trials.service().create(trial.request());
        Trials.awaitSession(target.server(), id, "query LIKE 'COPY %' AND state = 'active'");
        return id;
    }

    private static String left() {
        return Trials.postgres(target.server()).text(LEFT);
    }

    @Test
    void targetThatComesBackIsFilledFromZeroByTheSecondAttempt() {
        String id = copying(restarted);
        target.crash();
        target.begin();
        JsonNode job = trials.service().end(id);
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        assertEquals(2, job.path("attempt").asInt(), job::toString);
        assertEquals("1000", restarted.target().text("SELECT count(*) FROM item"));
        assertEquals("", left());
    }

    @Test
    void whatATargetThatWasAwayStillHoldsIsDroppedWhenItIsBack() {
        String id = copying(gone);
        target.crash();
        JsonNode job = trials.service().end(id);
        target.begin();
        assertEquals("FAILED", job.path("state").asText(), job::toString);
        assertEquals("connection-unreachable", job.path("error").path("code").asText(), job::toString);
        assertEquals(3, job.path("attempt").asInt(), job::toString);
        assertEquals("500", gone.target().text("SELECT count(*) FROM old_content"));
        Awaitility.await("the staging database is dropped")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertEquals("", left()));
    }
}
