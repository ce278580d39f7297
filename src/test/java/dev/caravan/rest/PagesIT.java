package dev.caravan.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.RestService;
import dev.caravan.TestKeys;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is served beside the operations: the contract, its UI, health and metrics. */
final class PagesIT {
    private static final String JOBS = "/api/v1/copy-jobs";

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
    void everyAnswerForbidsSniffingFramingAndScripts() throws Exception {
        for (String path : List.of(JOBS, "/nothing", "/swagger-ui/", "/api/v1/openapi.json")) {
            Calls.Answer answer = calls.get(path);
            assertEquals("nosniff", answer.header("X-Content-Type-Options"), path);
            assertEquals("DENY", answer.header("X-Frame-Options"), path);
            assertTrue(answer.header("Content-Security-Policy").startsWith("default-src 'none';"), path);
            assertEquals("", answer.header("Access-Control-Allow-Origin"), path);
        }
    }

    @Test
    void theContractIsServedAsWrittenAndAsJsonAndByTheUi() throws Exception {
        Calls.Answer yaml = calls.get("/api/v1/openapi.yaml");
        assertEquals(Contract.text(), yaml.body());
        Calls.Answer json = calls.get("/api/v1/openapi.json");
        assertEquals(
                "createCopyJob",
                json.json().at("/paths/~1copy-jobs/post/operationId").asText());
        assertEquals("/api/v1", json.json().at("/servers/0/url").asText());
        assertTrue(calls.get("/").body().contains("<title>Caravan</title>"));
        assertEquals("/swagger-ui/", calls.get("/swagger-ui").header("Location"));
        assertTrue(calls.get("/swagger-ui/start.js").body().contains("\"/api/v1/openapi.yaml\""));
        String page = calls.get("/swagger-ui/").body();
        assertFalse(page.contains("http:") || page.contains("https:") || page.contains("//"), page);
        for (String asset : List.of("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")) {
            assertTrue(page.contains(asset) && calls.get("/swagger-ui/" + asset).status() == 200, asset);
        }
    }

    @Test
    void healthAndMetricsAreOnTheManagementPort() throws Exception {
        Calls management = new Calls(service.managementAddress());
        assertEquals(
                "UP", management.get("/observe/health").json().path("status").asText());
        String metrics = management.get("/observe/metrics").body();
        assertTrue(metrics.contains("routeId=\"create-copy-job\""), metrics);
    }

    @Test
    void theManagementPortRefusesAsTheApiDoes() throws Exception {
        Calls management = new Calls(service.managementAddress());
        for (String path : List.of("/nothing", "/observe/nothing", "/hawtio/static/nothing.js")) {
            Calls.Answer answer = management.get(path);
            assertEquals("not-found", answer.code(), path);
            assertEquals("nosniff", answer.header("X-Content-Type-Options"), path);
        }
        assertTrue(raw("GET /observe/health%zz HTTP/1.1\r\nHost: localhost").startsWith("HTTP/1.1 400 "));
        assertTrue(raw("GET /observe/health/live HTTP/1.1\r\nHost: attacker.example")
                .startsWith("HTTP/1.1 403 "));
        assertTrue(raw("GET /observe/health/live HTTP/1.1\r\nHost: localhost").startsWith("HTTP/1.1 200 "));
    }

    /** Clients that offer it, as Java's own does, would sometimes lose a large first answer halfway. */
    @Test
    void neitherServerFollowsAnOfferOfHttp2() throws Exception {
        for (String address : List.of(service.address() + JOBS, service.managementAddress() + "/observe/metrics")) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                    .header("X-API-Key", TestKeys.VIEWER)
                    .build();
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), address);
            assertEquals(HttpClient.Version.HTTP_1_1, answer.version(), address);
        }
    }

    private static String raw(String request) throws IOException {
        URI address = URI.create(service.managementAddress());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((request + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
