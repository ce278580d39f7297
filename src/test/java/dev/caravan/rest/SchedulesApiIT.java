package dev.caravan.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.RestService;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operations on schedules and webhooks; every answer is checked against the contract on its way. */
class SchedulesApiIT {
    private static RestService service;
    private static Calls calls;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        service = RestService.start(folder, Map.of());
        calls = new Calls(service.address());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aScheduleIsPausedAndResumed() throws Exception {
        JsonNode before = calls.get("/api/v1/schedules").json().at("/items/0");
        assertEquals("nightly", before.get("name").asText());
        assertTrue(before.get("last").isNull());
        assertFalse(before.get("next").isNull());
        assertEquals("PT12H", before.get("missedWithin").asText());

        JsonNode paused = calls.post(before.at("/links/pause").asText(), null).json();
        assertTrue(paused.get("paused").asBoolean());
        assertTrue(paused.get("next").isNull());
        JsonNode resumed = calls.post(before.at("/links/resume").asText(), null).json();
        assertFalse(resumed.get("paused").asBoolean());
        assertEquals(before.get("next"), resumed.get("next"));
    }

    @Test
    void aRunOnDemandIsAJobThatIsAccepted() throws Exception {
        Calls.Answer accepted = calls.post("/api/v1/schedules/nightly/run", null);
        assertEquals(202, accepted.status(), accepted::body);
        assertEquals("nightly", accepted.json().get("schedule").asText());
        assertEquals("/api/v1/copy-jobs/" + accepted.json().get("id").asText(), accepted.header("Location"));
        assertEquals(
                "nightly",
                calls.get(accepted.header("Location")).json().get("schedule").asText());
        assertEquals(
                "target-busy", calls.post("/api/v1/schedules/nightly/run", null).code());
    }

    /** Whatever a caller sends, his job is nobody's run. */
    @Test
    void aCallerCannotPassForASchedule() throws Exception {
        Calls.Answer accepted = calls.post(
                "/api/v1/copy-jobs",
                "{\"source\": \"shop-staging\", \"target\": \"shop-qa\"}",
                "schedule",
                "nightly",
                "CamelVariable.schedule",
                "nightly");
        assertEquals(202, accepted.status(), accepted::body);
        assertTrue(accepted.json().get("schedule").isNull());
        Calls.Answer key = calls.post(
                "/api/v1/copy-jobs", Calls.MINIMAL, "Idempotency-Key", "schedule nightly 2026-11-01T02:00:00Z");
        assertEquals("validation", key.code());
    }

    @Test
    void whatIsNotDeclaredIsNotFound() throws Exception {
        for (String path : new String[] {
            "/api/v1/schedules/weekly/run",
            "/api/v1/schedules/weekly/pause",
            "/api/v1/schedules/weekly/resume",
            "/api/v1/webhooks/mail/test",
            "/api/v1/schedules/..%2f/run"
        }) {
            assertEquals("not-found", calls.post(path, null).code(), path);
        }
    }

    @Test
    void aWebhookThatCannotBeCalledIsAProblemWithoutItsAddress() throws Exception {
        Calls.Answer failed = calls.post("/api/v1/webhooks/chat/test", null);
        assertEquals("webhook-failed", failed.code());
        assertEquals(502, failed.status());
        assertFalse(failed.body().contains("canary"), failed::body);
    }
}
