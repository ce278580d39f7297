package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.Trials.Trial;
import dev.caravan.servers.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is stopped ends its jobs first, and leaves those that wait to the next start. */
class StopIT {
    @TempDir
    static Path folder;

    @Test
    void stoppedServiceEndsTheRunningJobAndLaterRunsTheOneThatWaited() {
        try (Trials trials = new Trials(folder)) {
            Trial copying = trials.add("copying", Trials.SLOW_ROWS);
            Trial waiting = trials.add("waiting", "CREATE TABLE item AS SELECT 1 AS id");
            trials.start();
            String running = trials.service().create(copying.request());
            Trials.awaitSession(TestServers.target(), running, "query LIKE 'COPY %' AND state = 'active'");
            String queued = trials.service().create(waiting.request());
            long begun = System.nanoTime();
            trials.service().close();
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);
            assertTrue(taken.compareTo(Duration.ofSeconds(15)) < 0, () -> "the stop took " + taken);
            trials.assertNothingHappened(copying);
            trials.start();
            trials.failed(copying, "interrupted", trials.service().end(running));
            assertEquals("SUCCEEDED", trials.service().end(queued).path("state").asText());
        }
    }
}
