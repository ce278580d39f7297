package dev.caravan.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A search is followed to its end as a job is, also over a service that is away for a moment. */
class ScanWatchTest {
    private static final JobWatch.Patience QUICK =
            new JobWatch.Patience(Duration.ofMillis(5), Duration.ofMillis(200), Duration.ofSeconds(5));

    /** What is answered, in order; the last one for ever. */
    private final List<String> script = new CopyOnWriteArrayList<>();

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private HttpServer http;
    private ScanWatch watch;

    @BeforeEach
    void start() throws Exception {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            calls.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            String state = script.size() > 1 ? script.remove(0) : script.get(0);
            byte[] body = (state.equals("AWAY")
                            ? ScriptedService.problem("unavailable", "It starts.", "Wait.")
                            : "{\"id\":\"7\",\"state\":\"" + state + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(state.equals("AWAY") ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        URI address = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
        watch = new ScanWatch(new CopyService(address, Optional.empty()), QUICK, notes::add);
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private Answer run(String... states) {
        script.addAll(List.of(states));
        return watch.run(CopyService.JSON.createObjectNode());
    }

    @Test
    void itIsAskedForUntilItEnds() {
        Answer answer = run("QUEUED", "RUNNING", "RUNNING", "SUCCEEDED");
        assertEquals("SUCCEEDED", answer.body().orElseThrow().path("state").asText());
        assertEquals("POST /api/v1/pii-scans", calls.get(0));
        assertEquals(4, calls.size());
        assertEquals("GET /api/v1/pii-scans/7", calls.get(3));
    }

    @Test
    void aServiceThatIsAwayForAMomentIsWaitedFor() {
        assertTrue(run("QUEUED", "AWAY", "AWAY", "FAILED").refusal().isEmpty());
        assertEquals(1, notes.size());
    }

    @Test
    void aServiceThatStaysAwayIsGivenUp() {
        assertEquals(
                "unavailable", run("QUEUED", "AWAY").refusal().orElseThrow().code());
    }

    @Test
    void aRefusedSearchIsNotAskedForAgain() {
        assertEquals("unavailable", run("AWAY").refusal().orElseThrow().code());
        assertEquals(1, calls.size());
    }

    @Test
    void whoLeavesIsToldWhereItGoesOn() {
        watch.leave();
        Refusal refusal = run("QUEUED", "RUNNING").refusal().orElseThrow();
        assertTrue(refusal.hint().endsWith("/api/v1/pii-scans/7"), refusal.hint());
        assertEquals(1, calls.size());
    }
}
