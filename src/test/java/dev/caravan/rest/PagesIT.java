package dev.caravan.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.RestService;
import java.io.IOException;
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
}
