package dev.caravan.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.RestService;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests made up from a seed: none is answered with 5xx, a stack trace or what it sent. */
final class MalformedRequestsIT {
    private static final String CANARY = "zq7canary";
    /** {@code -Dmalformed=10000} sends more. */
    private static final int REQUESTS = Integer.getInteger("malformed", 600);

    private static final List<String> PATHS = List.of(
            "/api/v1/copy-jobs",
            "/api/v1/plans",
            "/api/v1/connections",
            "/api/v1/connections/shop-dev/check",
            "/api/v1/copy-jobs/019a3f0c-7c1e-7b0a-9a51-3f6f0c2d4e11",
            "/api/v1/copy-jobs/019a3f0c-7c1e-7b0a-9a51-3f6f0c2d4e11/tables",
            "/api/v1/copy-jobs/019a3f0c-7c1e-7b0a-9a51-3f6f0c2d4e11/events",
            "/api/v1/copy-jobs/019a3f0c-7c1e-7b0a-9a51-3f6f0c2d4e11/report",
            "/api/v1/copy-jobs/" + CANARY + "/cancel",
            "/api/v1/connections/" + CANARY + "/check",
            "/api/v1/" + CANARY,
            "/swagger-ui/" + CANARY);
    private static final List<String> METHODS =
            List.of("POST", "POST", "POST", "GET", "GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "BREW");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "-1",
            "1e400",
            "1e999999999",
            "123456789012345678901234567890",
            "\"" + CANARY + "\"",
            "\"\\u0000" + CANARY + "\"",
            "\"\\ud800\"",
            "\"'; DROP TABLE copy_job; -- " + CANARY + "\"",
            "\"${" + CANARY + "}\"",
            "\"" + "x".repeat(5000) + "\"",
            "[\"" + CANARY + "\", {\"a\": [" + "[".repeat(50) + "]".repeat(50) + "]}]",
            "[".repeat(1500) + "]".repeat(1500),
            CANARY,
            "\"unfinished " + CANARY);
    private static final List<String> FIELDS = List.of(
            "source",
            "target",
            "mask",
            "onExisting",
            "onViolatedKey",
            "verify",
            "databaseProperties",
            "labels",
            "onlyTenants",
            "__proto__",
            "@class",
            "",
            "a b " + CANARY,
            "\\u0000");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json",
            "application/json",
            "application/json; charset=" + CANARY,
            "text/" + CANARY,
            CANARY,
            "application/json; charset=utf-8");
    private static final List<String> QUERIES = List.of(
            "",
            "",
            "?limit=" + CANARY,
            "?" + CANARY + "=1",
            "?state=" + CANARY + "&state=QUEUED",
            "?cursor=" + CANARY,
            "?after=99999999999999999999",
            "?after=-1",
            "?limit=2147483648",
            "?%00=%00",
            "?CamelHttpMethod=" + CANARY);
    private static final List<String> HEADERS =
            List.of("Accept", "Idempotency-Key", "If-None-Match", "Last-Event-ID", "CamelHttpResponseCode", "Range");

    @TempDir
    static Path folder;

    private static RestService service;
    private static Calls calls;

    @BeforeAll
    static void start() throws IOException {
        service = RestService.start(folder, Map.of());
        calls = new Calls(service.address());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void noneIsAnsweredWithAFaultOfTheServiceOrWithWhatItSent() throws Exception {
        Random random = new Random(20261102);
        int refused = 0;
        for (int i = 0; i < REQUESTS; i++) {
            String method = one(METHODS, random);
            String body = method.equals("POST") || random.nextInt(4) == 0 ? body(random) : "";
            String path = one(PATHS, random) + one(QUERIES, random);
            HttpRequest request = calls.request(path)
                    .header("Content-Type", one(TYPES, random))
                    .header(one(HEADERS, random), CANARY + random.nextInt(100))
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                    .build();
            Calls.Answer answer = calls.send(request);
            String what = "request " + i + ": " + method + " " + path + " "
                    + body.substring(0, Math.min(200, body.length())) + " -> " + answer;
            assertTrue(answer.status() < 500, what);
            assertFalse(answer.body().contains(CANARY), what);
            assertFalse(answer.headers().toString().contains(CANARY), what);
            assertFalse(answer.body().contains("Exception") || answer.body().contains("\tat "), what);
            if (answer.status() >= 400 && !method.equals("HEAD")) {
                refused++;
                assertEquals("application/problem+json", answer.header("Content-Type"), what);
                assertFalse(answer.json().path("hint").asText().isEmpty(), what);
                assertEquals(answer.status(), answer.json().path("status").asInt(), what);
            }
        }
        assertTrue(refused > REQUESTS / 2, "only " + refused + " were refused");
        assertEquals(200, calls.get("/api/v1/copy-jobs").status());
    }

    @Test
    void whatIsNotEvenHttpIsRefusedToo() throws Exception {
        for (String request : List.of(
                "GET",
                "GET /api/v1/copy-jobs",
                "GET /%zz" + CANARY + " HTTP/1.1\r\nHost: localhost",
                "GET /api/v1/copy-jobs/%f HTTP/1.1\r\nHost: localhost",
                "GET /api/v1/copy-jobs/%ff%fe/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream",
                "GET http://attacker.example/api/v1/copy-jobs HTTP/1.1\r\nHost: localhost",
                "GET /api/v1/copy-jobs HTTP/1.1",
                "POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: -1",
                "POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + CANARY,
                "POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2",
                "GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: localhost",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000),
                "GET /api/v1/copy-jobs HTTP/1.1\r\nHost: localhost\r\nNo colon " + CANARY)) {
            URI address = URI.create(service.address());
            try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write((request + "\r\nX-API-Key: " + dev.caravan.TestKeys.ADMIN
                                        + "\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
                InputStream in = socket.getInputStream();
                String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(answer.matches("(?s)HTTP/1\\.[01] [234]\\d\\d .*"), request + " -> " + answer);
                assertFalse(answer.contains(CANARY) || answer.contains("Exception"), request + " -> " + answer);
            }
        }
    }

    private static String body(Random random) throws IOException {
        if (random.nextInt(6) == 0) {
            return one(VALUES, random);
        }
        StringBuilder body = new StringBuilder(
                random.nextBoolean() ? "{\"source\": \"shop-staging\", \"target\": \"shop-prod\"" : "{\"a\": 1");
        for (int i = random.nextInt(4); i >= 0; i--) {
            String field = random.nextInt(8) == 0 ? "f" + random.nextInt(100) : one(FIELDS, random);
            body.append(", \"").append(field).append("\": ").append(one(VALUES, random));
        }
        if (random.nextInt(10) > 0) {
            body.append('}');
        }
        return body.toString();
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
