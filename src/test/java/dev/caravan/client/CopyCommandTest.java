package dev.caravan.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.client.ScriptedService.Reply;
import dev.caravan.client.ScriptedService.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a job is followed: when the service is asked, and what a service that is busy or away costs. */
class CopyCommandTest extends CopyCalls {
    @Test
    void succeededJobExitsWith0AndShowsALinePerPhase() throws Exception {
        try (ScriptedService service = ScriptedService.thatSucceeds()) {
            assertEquals(0, copy(service, UTF8), err());
            List<String> begins =
                    out().lines().map(line -> line.split(" {2,}")[0]).toList();
            assertEquals(List.of("shop-prod → shop-dev", "QUEUED", "PLAN", "COPY", "INDEX"), begins.subList(0, 5));
            assertTrue(out().contains("✔ SUCCEEDED in 0:41 · 1/2 tables · 2,408 rows · 18 foreign keys valid"), out());
            assertFalse(out().contains("\u001b"), "no escapes where nobody redraws");
            JsonNode body = CopyService.JSON.readTree(
                    service.calls("POST", "/copy-jobs").get(0).body());
            assertEquals("{\"source\":\"shop-prod\",\"target\":\"shop-dev\",\"mask\":false}", body.toString());
            assertFalse(service.calls("POST", "/copy-jobs")
                    .get(0)
                    .headers()
                    .get("Idempotency-Key")
                    .isEmpty());
        }
    }

    @Test
    void terminalGetsBarsForTheTablesOfAllPages() throws Exception {
        try (ScriptedService service = ScriptedService.thatSucceeds()) {
            assertEquals(0, copy(service, Map.of("LANG", "C.UTF-8", "CARAVAN_TERMINAL", "24 80", "NO_COLOR", "1")));
            assertTrue(out().contains("public.order_line  ███████░░░  71 %"), out());
            assertTrue(out().contains("public.customer    ██████████ done   1,204 rows   3/3 indexes"), out());
            assertTrue(out().contains("\u001b[4F"), "four lines are drawn over");
        }
    }

    @Test
    void failedJobExitsWith1AndNamesDetailHintAndCode() throws Exception {
        String problem = ScriptedService.problem("disk-full", "The target's disk is full.", "Make room.");
        try (ScriptedService service =
                new ScriptedService(new Step("RUNNING", "COPY", null), new Step("FAILED", "COPY", problem))) {
            assertEquals(1, copy(service, UTF8));
            assertTrue(out().contains("✘ FAILED in 0:41"), out());
            assertTrue(out().contains("The target's disk is full.\n  hint: Make room.\n  code: disk-full\n"), out());
            assertFalse(out().contains("swapped"), out());
        }
    }

    @Test
    void cancelledJobExitsWith1() throws Exception {
        try (ScriptedService service = new ScriptedService(new Step("CANCELLED", null, null))) {
            assertEquals(1, copy(service, UTF8));
        }
    }

    @Test
    void refusedRequestExitsWith2AndShowsWhoIsInTheWay() throws Exception {
        String problem = ScriptedService.problem("target-busy", "Another job works on it.", "Wait.")
                .replace(
                        "}",
                        ",\"activeJob\":\"/api/v1/copy-jobs/7\",\"errors\":[{\"pointer\":\"/a\",\"detail\":\"is\"}]}");
        try (ScriptedService service =
                ScriptedService.thatSucceeds().firstAnsweringCreateWith(new Reply(409, Map.of(), problem))) {
            assertEquals(2, copy(service, UTF8));
            assertEquals("""
                    Another job works on it.
                      hint: Wait.
                      code: target-busy
                      activeJob: /api/v1/copy-jobs/7
                      errors: /a is
                    """, err());
            assertEquals(1, service.calls.size());
        }
    }

    @Test
    void jsonIsOneDocumentPerLineInAsciiAndEndsWithTheEndedJob() throws Exception {
        try (ScriptedService service = ScriptedService.thatSucceeds()) {
            assertEquals(0, copy(service, UTF8, "--json"));
            List<JsonNode> documents = new ArrayList<>();
            for (String line : out().lines().toList()) {
                documents.add(CopyService.JSON.readTree(line));
            }
            assertEquals("QUEUED", documents.get(0).path("state").asText());
            JsonNode last = documents.get(documents.size() - 1);
            assertEquals("SUCCEEDED", last.path("state").asText());
            assertTrue(last.has("somethingNew"), "nothing of the service's is dropped");
            assertEquals(
                    1,
                    documents.stream()
                            .filter(d -> d.path("state").asText().equals("SUCCEEDED"))
                            .count());
        }
    }

    @Test
    void jsonOfARefusalIsADocumentToo() throws Exception {
        Reply refused = new Reply(422, Map.of(), ScriptedService.problem("unknown-connection", "Nö.", "Declare it."));
        try (ScriptedService service = ScriptedService.thatSucceeds().firstAnsweringCreateWith(refused)) {
            assertEquals(2, copy(service, UTF8, "--json"));
            assertEquals(
                    "unknown-connection",
                    CopyService.JSON.readTree(out()).path("code").asText());
            assertTrue(out().chars().allMatch(c -> c < 127), out());
        }
    }

    @Test
    void wrongCommandLineExitsWith2AndCallsNobody() throws Exception {
        try (ScriptedService service = ScriptedService.thatSucceeds()) {
            assertEquals(2, copy(service, UTF8, "--only-tenants", "1,,2"));
            assertTrue(err().contains("a comma between them"), err());
            assertEquals(List.of(), service.calls);
        }
    }

    @Test
    void requestFileIsSentAndOptionsWinOverIt(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("job.json"), "{\"source\": \"x\", \"verify\": \"CONTENT\", \"labels\": {\"a\": \"b\"}}");
        try (ScriptedService service = ScriptedService.thatSucceeds()) {
            assertEquals(0, copy(service, UTF8, "--request", file.toString()));
            JsonNode body = CopyService.JSON.readTree(
                    service.calls("POST", "/copy-jobs").get(0).body());
            assertEquals("shop-prod", body.path("source").asText());
            assertEquals("CONTENT", body.path("verify").asText());
            assertEquals("b", body.path("labels").path("a").asText());
        }
    }

    @Test
    void requestFileThatIsNoObjectIsRefusedWithoutQuotingIt(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("job.json"), "[\"secret\"");
        assertEquals(2, run(UTF8, List.of("--request", file.toString())));
        assertTrue(err().contains("does not hold a JSON object") && !err().contains("secret"), err());
        assertEquals(2, run(UTF8, List.of("--request", folder.resolve("none").toString())));
        assertTrue(err().contains("cannot be read"), err());
    }

    @Test
    void helpExitsWith0() {
        assertEquals(0, run(UTF8, List.of("--help")));
        assertTrue(out().startsWith("Usage: ./caravan copy"), out());
        assertNotEquals(0, run(UTF8, List.of()));
    }
}
