package dev.caravan.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.RestService;
import dev.caravan.TestKeys;
import dev.caravan.job.CopyRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is accepted as a job and what is refused; {@link Calls} holds every answer against the contract. */
final class CreateCopyJobIT {
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

    @AfterEach
    void endEveryJob() {
        service.endEveryJob();
    }

    @Test
    void creatingAnswers202WithAddressAndJobAndWakesTheWorkers() throws Exception {
        service.headersSeen().clear();
        Calls.Answer answer = calls.post(
                JOBS,
                "{\"source\": \"shop-staging\", \"target\": \"shop-dev\","
                        + " \"mask\": false, \"verify\": \"CONTENT\", \"labels\": {\"ticket\": \"OPS-12\"}}");
        assertEquals(202, answer.status(), answer.body());
        String self = answer.json().path("links").path("self").asText();
        assertEquals(self, answer.header("Location"));
        assertEquals("2", answer.header("Retry-After"));
        assertEquals("QUEUED", answer.json().path("state").asText());
        assertEquals("OPS-12", answer.json().at("/request/labels/ticket").asText());
        assertEquals("CONTENT", answer.json().at("/request/verify").asText());
        assertEquals(answer.json(), calls.get(self).json());
        Awaitility.await().until(() -> !service.headersSeen().isEmpty());
    }

    @Test
    void theSameIdempotencyKeyGivesTheSameJobAndAnotherRequestUnderItIsRefused() throws Exception {
        Calls.Answer first = calls.post(JOBS, Calls.MINIMAL, "Idempotency-Key", "k-1");
        Calls.Answer again = calls.post(JOBS, Calls.MINIMAL, "Idempotency-Key", "k-1");
        assertEquals(202, again.status());
        assertEquals(first.json().path("id"), again.json().path("id"));
        Calls.Answer other =
                calls.post(JOBS, "{\"source\": \"shop-staging\", \"target\": \"shop-qa\"}", "Idempotency-Key", "k-1");
        assertEquals("idempotency-key-reused", other.code());
        assertEquals(422, other.status());
    }

    @Test
    void anIdempotencyKeyIsUpTo200VisibleCharacters() throws Exception {
        assertEquals(
                "validation",
                calls.post(JOBS, Calls.MINIMAL, "Idempotency-Key", "k".repeat(201))
                        .code());
        assertEquals(
                "validation",
                calls.post(JOBS, Calls.MINIMAL, "Idempotency-Key", "two words").code());
        assertEquals(
                "validation",
                calls.post(JOBS, Calls.MINIMAL, "Idempotency-Key", "").code());
        assertEquals(
                202,
                calls.post(JOBS, Calls.MINIMAL, "Idempotency-Key", "k".repeat(200))
                        .status());
    }

    @Test
    void aBusyTargetIsRefusedWithTheJobInTheWay() throws Exception {
        String active = calls.post(JOBS, Calls.MINIMAL).header("Location");
        Calls.Answer refused = calls.post(JOBS, Calls.MINIMAL);
        assertEquals(409, refused.status());
        assertEquals("target-busy", refused.code());
        assertEquals(active, refused.json().path("activeJob").asText());
        assertEquals(200, calls.get(active).status());
    }

    @Test
    void aFullQueueIsRefusedWithTheTimeToComeBack() throws Exception {
        for (String target : List.of("a", "b", "c")) {
            service.jobs().create(CopyRequest.of("shop-staging", target), Optional.empty());
        }
        Calls.Answer refused = calls.post(JOBS, Calls.MINIMAL);
        assertEquals(429, refused.status());
        assertEquals("queue-full", refused.code());
        assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0);
    }

    @Test
    void connectionsThatMayNotBeCopiedAreRefusedEachInItsWay() throws Exception {
        for (String path : List.of(JOBS, "/api/v1/plans")) {
            assertRefused(path, "nowhere", "shop-dev", 422, "unknown-connection");
            assertRefused(path, "shop-staging", "nowhere", 422, "unknown-connection");
            assertRefused(path, "shop-staging", "shop-prod", 403, "target-protected");
            assertRefused(path, "shop-dev", "shop-qa", 400, "validation");
            assertRefused(path, "shop-staging", "shop-staging", 400, "validation");
            assertRefused(path, "shop-dev", "shop-dev", 400, "validation");
            JsonNode production = assertRefused(path, "shop-prod", "shop-dev", 422, "mask-key-missing");
            assertTrue(production.path("hint").asText().contains("caravan.mask.key"));
            Calls.Answer plain = calls.post(
                    path,
                    "{\"source\": \"shop-prod\", \"target\": \"shop-dev\", \"mask\": false}",
                    "X-API-Key",
                    TestKeys.OPERATOR);
            assertEquals(403, plain.status());
            assertEquals("masking-required", plain.code());
        }
        assertEquals(0, calls.get(JOBS + "?state=QUEUED").json().path("items").size());
    }

    private JsonNode assertRefused(String path, String source, String target, int status, String code)
            throws Exception {
        Calls.Answer answer = calls.post(path, "{\"source\": \"" + source + "\", \"target\": \"" + target + "\"}");
        assertEquals(code, answer.code(), source + " to " + target);
        assertEquals(status, answer.status());
        assertFalse(answer.json().path("hint").asText().isEmpty());
        return answer.json();
    }

    @Test
    void everyFaultOfTheMasksIsNamed() throws Exception {
        Calls.Answer answer = calls.post(
                JOBS,
                "{\"source\": \"shop-staging\", \"target\": \"shop-dev\", \"maskPolicy\": \"none\","
                        + " \"masks\": {\"public.customer\": {\"email\": \"nul\", \"id\": \"keep\"}}}");
        assertEquals("validation", answer.code());
        assertEquals(400, answer.status());
        assertEquals(3, answer.json().path("errors").size(), answer.body());
        assertEquals("/maskPolicy", answer.json().at("/errors/0/pointer").asText());
        assertEquals("/masks", answer.json().at("/errors/1/pointer").asText());
        assertEquals(
                "mask-key-missing",
                calls.post(
                                JOBS,
                                "{\"source\": \"shop-staging\", \"target\": \"shop-dev\","
                                        + " \"masks\": {\"public.customer\": {\"email\": null}}}")
                        .code());
        assertEquals(
                "validation",
                calls.post(
                                JOBS,
                                "{\"source\": \"shop-staging\", \"target\": \"shop-dev\", \"mask\": false,"
                                        + " \"maskPolicy\": \"default\"}")
                        .code());
    }

    @Test
    void maskersAndPoliciesAreListed() throws Exception {
        JsonNode first = calls.get("/api/v1/maskers").json().at("/items/0");
        assertEquals("address", first.path("name").asText());
        assertEquals("locale", first.at("/parameters/0/name").asText());
        assertEquals(0, calls.get("/api/v1/mask-policies").json().path("items").size());
    }

    @Test
    void fieldsThatAreNotBuiltAreRefusedByName() throws Exception {
        for (String field : List.of("onlySchemas", "masks", "maskPolicy", "tables", "crossTenant")) {
            Calls.Answer answer = calls.post(
                    JOBS, "{\"source\": \"shop-staging\", \"target\": \"shop-dev\", \"" + field + "\": [1]}");
            assertEquals("validation", answer.code());
            assertEquals("/" + field, answer.json().at("/errors/0/pointer").asText());
        }
    }
}
