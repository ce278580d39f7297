package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.job.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a webhook's server receives from a service. */
class WebhookIT {
    private static final String SECRET = "secret-canary-0123456789";

    /** @param path with the query */
    private record Received(String path, String delivery, String timestamp, String signature, String body) {
        JsonNode json() throws IOException {
            return Json.MAPPER.readTree(body);
        }
    }

    @TempDir
    Path folder;

    private HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    /** The next answers; 200 when there are none. */
    private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();

    private volatile int otherwise = 200;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(new Received(
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("X-Caravan-Delivery"),
                    exchange.getRequestHeaders().getFirst("X-Caravan-Timestamp"),
                    exchange.getRequestHeaders().getFirst("X-Caravan-Signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Integer status = answers.poll();
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status == null ? otherwise : status, -1);
        }
    }

    private ServiceUnderTest.Configuration configuration() {
        System.setProperty("test.webhook.secret", SECRET);
        return Scheduled.configuration(folder)
                .with(
                        "caravan.webhook.chat.url",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=url-canary")
                .with("caravan.webhook.chat.secret", "{{sys:test.webhook.secret}}")
                .with("caravan.webhook.chat.allowLocal", "true")
                .with("caravan.webhook.chat.retryAfter", "PT0.1S");
    }

    private static String signature(String timestamp, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256="
                + HexFormat.of().formatHex(mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
    }

    private long waiting() {
        return Scheduled.number(
                "jdbc:sqlite:" + folder.resolve("caravan.db"),
                "SELECT count(*) FROM webhook_delivery WHERE state = 'WAITING'");
    }

    @Test
    void anEndIsToldSignedAndAgainUntilItIsTaken() throws Exception {
        answers.addAll(List.of(500, 503));
        try (ServiceUnderTest service = configuration().start()) {
            JsonNode job = service.copy(Scheduled.REQUEST);
            assertEquals("FAILED", job.get("state").asText());
            Scheduled.await("three tries").until(() -> received.size() >= 3);
            Scheduled.await("it is delivered").until(() -> waiting() == 0);
            assertEquals(3, received.size());
            for (Received each : received) {
                assertEquals("/hook?token=url-canary", each.path());
                assertEquals(signature(each.timestamp(), each.body()), each.signature());
                assertEquals(received.get(0).delivery(), each.delivery());
                assertEquals(received.get(0).body(), each.body());
                assertTrue(
                        Math.abs(Instant.now().getEpochSecond() - Long.parseLong(each.timestamp())) < 300,
                        each::timestamp);
            }
            JsonNode told = received.get(0).json();
            assertEquals("job-ended", told.get("event").asText());
            assertEquals("chat", told.get("webhook").asText());
            for (String field : List.of("id", "state", "createdAt", "startedAt", "finishedAt", "schedule")) {
                assertEquals(job.get(field), told.get("job").get(field), field);
            }
            assertEquals("gone", told.at("/job/source").asText());
            assertEquals("gone-too", told.at("/job/target").asText());
            assertEquals(job.at("/error/code"), told.at("/job/error/code"));
            assertEquals(job.at("/error/hint"), told.at("/job/error/hint"));
        }
    }

    @Test
    void whatCouldNotBeToldIsToldAfterARestart() throws Exception {
        otherwise = 500;
        ServiceUnderTest.Configuration configuration = configuration();
        String id;
        try (ServiceUnderTest service = configuration.start()) {
            id = service.copy(Scheduled.REQUEST).get("id").asText();
            Scheduled.await("it was tried").until(() -> !received.isEmpty());
        }
        int before = received.size();
        otherwise = 200;
        try (ServiceUnderTest service = configuration.start()) {
            Scheduled.await("it is told").until(() -> received.size() > before && waiting() == 0);
            assertEquals(before + 1, received.size());
            assertEquals(id, received.get(before).json().at("/job/id").asText());
            assertEquals(received.get(0).delivery(), received.get(before).delivery());
        }
        try (ServiceUnderTest service = configuration.start()) {
            Scheduled.await("webhooks were thought of")
                    .until(() -> Scheduled.taken(configuration, "tell-webhooks") >= 3);
            assertEquals(before + 1, received.size(), "what was told is not told again");
        }
    }

    @Test
    void onlyEndsThatAreAskedForAreTold() throws Exception {
        ServiceUnderTest.Configuration configuration = Scheduled.schedule(
                        configuration(), "nightly", "0 0 2 * * ? 2098", Scheduled.REQUEST)
                .with("caravan.webhook.chat.schedules", "nightly")
                .with(
                        "caravan.webhook.quiet.url",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/quiet")
                .with("caravan.webhook.quiet.secret", "{{sys:test.webhook.secret}}")
                .with("caravan.webhook.quiet.allowLocal", "true")
                .with("caravan.webhook.quiet.on", "success,cancel");
        try (ServiceUnderTest service = configuration.start()) {
            service.copy(Scheduled.REQUEST);
            String run = service.call("POST", "/api/v1/schedules/nightly/run", null)
                    .get("id")
                    .asText();
            service.end(run);
            Scheduled.await("the run is told").until(() -> !received.isEmpty());
            long thoughtOf = Scheduled.taken(configuration, "tell-webhooks");
            Scheduled.await("webhooks were thought of again")
                    .until(() -> Scheduled.taken(configuration, "tell-webhooks") >= thoughtOf + 3);
            assertEquals(1, received.size(), received::toString);
            assertEquals(run, received.get(0).json().at("/job/id").asText());
            assertEquals("nightly", received.get(0).json().at("/job/schedule").asText());
        }
    }

    @Test
    void aTestCallSaysWhetherItWasTaken() throws Exception {
        try (ServiceUnderTest service = configuration().start()) {
            JsonNode taken = service.call("POST", "/api/v1/webhooks/chat/test", null);
            assertEquals(200, taken.path("status").asInt(), taken::toString);
            assertEquals("test", received.get(0).json().get("event").asText());
            assertEquals(
                    signature(received.get(0).timestamp(), received.get(0).body()),
                    received.get(0).signature());

            answers.add(302);
            JsonNode redirected = service.call("POST", "/api/v1/webhooks/chat/test", null);
            assertEquals("webhook-failed", redirected.path("code").asText(), redirected::toString);
            assertEquals(2, received.size(), "a redirect is not followed");

            server.stop(0);
            JsonNode down = service.call("POST", "/api/v1/webhooks/chat/test", null);
            assertEquals("webhook-failed", down.path("code").asText());
            for (JsonNode answer : List.of(taken, redirected, down)) {
                assertFalse(answer.toString().contains("canary"), answer::toString);
            }
            assertEquals(
                    "not-found",
                    service.call("POST", "/api/v1/webhooks/nobody/test", null)
                            .path("code")
                            .asText());
        }
    }

    @Test
    void thisMachineIsNotCalledUnlessTheOperatorAllowsIt() {
        for (String host : List.of("127.0.0.1", "localhost", "[::ffff:127.0.0.1]")) {
            ServiceUnderTest.Configuration configuration = configuration()
                    .with("caravan.webhook.chat.allowLocal", "false")
                    .with(
                            "caravan.webhook.chat.url",
                            "http://" + host + ":" + server.getAddress().getPort() + "/hook");
            try (ServiceUnderTest service = configuration.start()) {
                JsonNode refused = service.call("POST", "/api/v1/webhooks/chat/test", null);
                assertEquals("webhook-failed", refused.path("code").asText(), refused::toString);
                assertTrue(refused.get("hint").asText().contains("allowLocal"));
                assertEquals(0, received.size());
            }
        }
    }
}
