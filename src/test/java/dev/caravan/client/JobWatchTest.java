package dev.caravan.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.client.ScriptedService.Reply;
import dev.caravan.client.ScriptedService.Step;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a job is followed: when the service is asked, and what a service that is busy or away costs. */
class JobWatchTest extends CopyCalls {
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
        assertEquals(Duration.ofMillis(200), usual.next(Duration.ofSeconds(8)));
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
}
