package dev.caravan.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.client.ScriptedService.Reply;
import dev.caravan.client.ScriptedService.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class CopyCommandTest {
    private static final Map<String, String> UTF8 = Map.of("LANG", "C.UTF-8");
    private static final JobWatch.Patience QUICK =
            new JobWatch.Patience(Duration.ofMillis(5), Duration.ofMillis(200), Duration.ofSeconds(5));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int copy(ScriptedService service, Map<String, String> environment, String... more) {
        List<String> args = new ArrayList<>(List.of("--source", "shop-prod", "--target", "shop-dev", "--no-mask"));
        args.addAll(List.of("--server", service.address().toString()));
        args.addAll(List.of(more));
        return run(environment, args);
    }

    private int run(Map<String, String> environment, List<String> args) {
        return CopyCommand.run(
                args,
                environment,
                QUICK,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

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
    void pollingSendsTheTagOfTheLastAnswer() throws Exception {
        try (ScriptedService service = ScriptedService.thatSucceeds()) {
            assertEquals(0, copy(service, UTF8));
            List<String> tags = service.calls("GET", ScriptedService.ID).stream()
                    .map(call -> call.headers().getOrDefault("If-None-Match", ""))
                    .toList();
            assertEquals("", tags.get(0));
            assertTrue(tags.contains("\"3\""), tags.toString());
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
    void unreachableServiceExitsWith2() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertEquals(2, run(UTF8, List.of("--source", "a", "--target", "b", "--server", "http://127.0.0.1:" + port)));
        assertTrue(err().contains("cannot be reached") && err().contains("./caravan serve"), err());
    }

    @Test
    void somethingElseThatAnswersIsNotQuoted() throws Exception {
        try (ScriptedService service = ScriptedService.thatSucceeds()
                .firstAnsweringCreateWith(new Reply(403, Map.of(), "<html>\u001b[2J secret</html>"))) {
            assertEquals(2, copy(service, UTF8));
            assertTrue(err().contains("HTTP status 403") && !err().contains("secret"), err());
        }
    }

    @Test
    void busyServiceIsAskedAgainAfterTheTimeItNamesWithTheSameKey() throws Exception {
        Reply full = new Reply(
                429, Map.of("Retry-After", "1"), ScriptedService.problem("queue-full", "Too many wait.", "Wait."));
        try (ScriptedService service = ScriptedService.thatSucceeds().firstAnsweringCreateWith(full)) {
            long begun = System.nanoTime();
            assertEquals(0, copy(service, UTF8), err());
            assertTrue(System.nanoTime() - begun >= 1_000_000_000L, "it waits as long as it was told");
            List<String> keys = service.calls("POST", "/copy-jobs").stream()
                    .map(call -> call.headers().get("Idempotency-Key"))
                    .toList();
            assertEquals(2, keys.size());
            assertEquals(keys.get(0), keys.get(1));
        }
    }

    @Test
    @Timeout(30)
    void jobThatWasTakenIsLookedAtSoonerThanTheAnswerAdvises() throws Exception {
        Reply taken =
                new Reply(202, Map.of("Retry-After", "600"), ScriptedService.json(new Step("QUEUED", null, null)));
        try (ScriptedService service = ScriptedService.thatSucceeds().firstAnsweringCreateWith(taken)) {
            assertEquals(0, copy(service, UTF8), err());
        }
    }

    @Test
    void questionsComeQuicklyAtFirstAndSlowlyLater() {
        JobWatch.Patience usual = JobWatch.Patience.USUAL;
        assertEquals(Duration.ofMillis(50), usual.next(Duration.ZERO));
        assertEquals(Duration.ofMillis(200), usual.next(Duration.ofMillis(2_400)));
        assertEquals(Duration.ofMillis(400), usual.next(Duration.ofHours(1)));
        assertEquals(Duration.ofMillis(5), QUICK.next(Duration.ZERO));
    }

    @Test
    void refusalOfTheCallerIsReadToItsEnd() throws Exception {
        Reply unknown = new Reply(
                401,
                Map.of("WWW-Authenticate", "ApiKey"),
                ScriptedService.problem("unauthorized", "The key is not known.", "Ask for one."));
        try (ScriptedService service = ScriptedService.thatSucceeds().firstAnsweringCreateWith(unknown)) {
            assertEquals(2, copy(service, UTF8));
            assertTrue(err().contains("code: unauthorized"), err());
        }
    }

    @Test
    void waitLongerThanOurPatienceIsARefusal() throws Exception {
        Reply full = new Reply(
                429, Map.of("Retry-After", "60"), ScriptedService.problem("queue-full", "Too many wait.", "Wait."));
        try (ScriptedService service = ScriptedService.thatSucceeds().firstAnsweringCreateWith(full)) {
            assertEquals(2, copy(service, UTF8));
            assertTrue(err().contains("code: queue-full"), err());
        }
    }

    @Test
    void shortOutageWhileFollowingIsSurvived() throws Exception {
        try (ScriptedService service =
                ScriptedService.thatSucceeds().firstAnsweringJobWith(new Reply(503, Map.of(), "restarting"))) {
            assertEquals(0, copy(service, UTF8));
            assertTrue(err().contains("trying again"), err());
        }
    }

    @Test
    void longOutageExitsWith2AndSaysWhereTheJobIs() throws Exception {
        ScriptedService service = ScriptedService.thatSucceeds();
        for (int i = 0; i < 1000; i++) {
            service.firstAnsweringJobWith(new Reply(503, Map.of(), ""));
        }
        try (service) {
            assertEquals(2, copy(service, UTF8));
            assertTrue(err().contains(service.address() + "/api/v1/copy-jobs/" + ScriptedService.ID), err());
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
    void cancelIsAskedForOnceAndTheJobIsFollowedToItsEnd() throws Exception {
        try (ScriptedService service = new ScriptedService(new Step("RUNNING", "COPY", null))) {
            Display display = new LineDisplay(
                    Terminal.of(UTF8),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8));
            JobWatch watch = new JobWatch(new CopyService(service.address(), Optional.empty()), display, QUICK);
            watch.cancel();
            watch.cancel();
            assertEquals(1, watch.run(CopyService.JSON.createObjectNode()));
            assertEquals(1, service.calls("POST", "/cancel").size());
            assertTrue(err().contains("Cancelling the job"), err());
            assertTrue(out().contains("✘ CANCELLED"), out());
        }
    }

    @Test
    void helpExitsWith0() {
        assertEquals(0, run(UTF8, List.of("--help")));
        assertTrue(out().startsWith("Usage: ./caravan copy"), out());
        assertNotEquals(0, run(UTF8, List.of()));
    }
}
