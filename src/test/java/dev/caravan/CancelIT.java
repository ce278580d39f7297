package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cancelled job ends at once on both servers, and another one can take its place. */
class CancelIT {
    private static Trials trials;
    private static Trial copying;
    private static Trial indexing;
    private static Trial afterwards;
    private static Trial waiting;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        trials = new Trials(folder);
        copying = trials.add("copying", Trials.SLOW_ROWS);
        indexing = trials.add("indexing", Trials.SLOW_ROWS + """
                ALTER TABLE item DROP CONSTRAINT item_word_check;
                CREATE INDEX slow ON item (public.written(word));
                """);
        afterwards = trials.add("afterwards", "CREATE TABLE item AS SELECT 1 AS id");
        trials.afterLoad(afterwards, "SELECT pg_catalog.pg_sleep(60)");
        waiting = trials.add("waiting", "CREATE TABLE item AS SELECT 1 AS id");
        trials.start();
    }

    @AfterAll
    static void stop() {
        trials.close();
    }

    @Test
    void jobThatCopiesIsCancelledAndTheNextOneSucceeds() {
        String id = begun(copying, "query LIKE 'COPY %' AND state = 'active'");
        cancelled(copying, id);
        copying.source()
                .execute("CREATE OR REPLACE FUNCTION public.written(word text) RETURNS boolean LANGUAGE sql IMMUTABLE"
                        + " AS 'SELECT true'");
        JsonNode next = trials.service().copy(copying.request());
        assertEquals("SUCCEEDED", next.path("state").asText(), next::toString);
        assertEquals("1000", copying.target().text("SELECT count(*) FROM item"));
        trials.assertNothingLeft();
    }

    @Test
    void jobThatBuildsAnIndexIsCancelled() {
        cancelled(indexing, begun(indexing, "query LIKE 'CREATE INDEX %' AND state = 'active'"));
    }

    @Test
    void jobInTheMiddleOfAnAfterLoadFileIsCancelled() {
        cancelled(afterwards, begun(afterwards, "query LIKE '%pg_sleep%' AND state = 'active'"));
    }

    @Test
    void jobThatWaitsIsCancelledBeforeItBegins() {
        String ahead = begun(afterwards, "query LIKE '%pg_sleep%' AND state = 'active'");
        String id = trials.service().create(waiting.request());
        assertEquals("QUEUED", trials.service().job(id).path("state").asText());
        assertEquals("CANCELLED", cancel(id).path("state").asText());
        endedOnce(id);
        assertEquals(0, trials.service().job(id).path("attempt").asInt(-1), "it never began");
        cancelled(afterwards, ahead);
        trials.assertNothingHappened(waiting);
    }

    private static String begun(Trial trial, String condition) {
        String id = trials.service().create(trial.request());
        Trials.awaitSession(TestServers.target(), id, condition);
        return id;
    }

    private static JsonNode cancel(String id) {
        return trials.service().call("POST", "/api/v1/copy-jobs/" + id + "/cancel", null);
    }

    private static void cancelled(Trial trial, String id) {
        assertTrue(cancel(id).path("state").asText().startsWith("CANCEL"));
        JsonNode job = Awaitility.await("the job ends")
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> trials.service().job(id),
                        it -> it.path("state").asText().equals("CANCELLED"));
        assertFalse(job.hasNonNull("error"), job::toString);
        endedOnce(id);
        trials.assertNothingHappened(trial);
    }

    private static void endedOnce(String id) {
        assertEquals("job-not-cancellable", cancel(id).path("code").asText());
        JsonNode events = trials.service().call("GET", "/api/v1/copy-jobs/" + id + "/events", null);
        int ends = 0;
        for (JsonNode event : events.path("items")) {
            boolean state = event.path("type").asText().equals("STATE");
            ends += state && event.path("message").asText().matches("(?is).*\\bcancelled\\b.*") ? 1 : 0;
        }
        assertEquals(1, ends, events::toString);
    }
}
