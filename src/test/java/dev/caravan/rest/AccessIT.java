package dev.caravan.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.RestService;
import dev.caravan.TestKeys;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody passes without a key, and nobody does what their key may not, however the address is written. */
class AccessIT {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");
    private static final String ID = "019a3f0c-7c1e-7b0a-9a51-3f6f0c2d4e11";

    @TempDir
    static Path folder;

    private static RestService service;

    @BeforeAll
    static void start() throws Exception {
        service = RestService.start(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void everyOperationHasARightAndEveryRightIsOfAnOperation() {
        Set<String> operations = Operations.ofContract().all().stream()
                .map(Operations.Operation::id)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(operations, new TreeSet<>(Operations.RIGHTS.keySet()));
    }

    @Test
    void noSpellingOfAnAddressLetsAStrangerIn() throws Exception {
        Map<String, String> strangers = new LinkedHashMap<>();
        strangers.put("no key", "");
        strangers.put("wrong key", "X-API-Key: wrong\r\n");
        strangers.put("empty key", "X-API-Key: \r\n");
        strangers.put("expired key", "X-API-Key: " + TestKeys.EXPIRED + "\r\n");
        strangers.put("bearer that is wrong", "Authorization: Bearer wrong\r\n");
        strangers.put("basic on the API", basic(TestKeys.ADMIN));
        strangers.put("two keys", "X-API-Key: wrong\r\nX-API-Key: " + TestKeys.ADMIN + "\r\n");
        strangers.put("hash instead of key", "X-API-Key: " + TestKeys.sha256(TestKeys.ADMIN) + "\r\n");
        for (String path : paths()) {
            for (String spelling : spellings(path)) {
                for (String method : METHODS) {
                    for (Map.Entry<String, String> stranger : strangers.entrySet()) {
                        int status = status(service.address(), method, spelling, stranger.getValue());
                        assertTrue(
                                status == 401 || status == 404 || status == 400 || status == 405,
                                () -> method + " " + spelling + " with " + stranger.getKey() + " answered " + status);
                    }
                }
            }
        }
    }

    @Test
    void theManagementPortLetsNoStrangerInBeyondHealth() throws Exception {
        for (String path : List.of(
                "/observe/metrics",
                "/observe/health",
                "/observe/info",
                "/observe",
                "/",
                "/hawtio",
                "/hawtio/jolokia",
                "/q/dev")) {
            for (String spelling : spellings(path)) {
                for (String method : METHODS) {
                    for (String key : List.of(
                            "",
                            "X-API-Key: wrong\r\n",
                            "X-API-Key: " + TestKeys.EXPIRED + "\r\n",
                            basic(TestKeys.EXPIRED),
                            basic("wrong"))) {
                        int status = status(service.managementAddress(), method, spelling, key);
                        assertTrue(
                                Set.of(400, 401, 404, 405).contains(status),
                                () -> method + " " + spelling + " answered " + status);
                    }
                }
            }
        }
        assertEquals(200, status(service.managementAddress(), "GET", "/observe/health/live", ""));
        assertEquals(
                200,
                status(
                        service.managementAddress(),
                        "GET",
                        "/observe/metrics",
                        "X-API-Key: " + TestKeys.VIEWER + "\r\n"));
        assertEquals(200, status(service.managementAddress(), "GET", "/observe/metrics", basic(TestKeys.VIEWER)));
    }

    @Test
    void aViewerReadsAndChangesNothing() throws Exception {
        for (Operations.Operation operation : Operations.ofContract().all()) {
            String path = example(operation.path().pattern());
            for (String spelling : spellings(path)) {
                int status = status(
                        service.address(),
                        operation.method(),
                        spelling,
                        "Authorization: Bearer " + TestKeys.VIEWER + "\r\n");
                boolean mayRead = operation.right().orElseThrow() == Right.READ && spelling.equals(path);
                assertTrue(
                        mayRead
                                ? status == 200 || status == 404
                                : Set.of(403, 404, 400, 401).contains(status),
                        () -> operation.id() + " as " + spelling + " answered a viewer " + status);
            }
        }
        assertEquals(List.of(), service.headersSeen().stream().toList());
    }

    @Test
    void theAnswerToAWrongKeyDoesNotSayWhatWasWrong() throws Exception {
        Calls calls = new Calls(service.address());
        Calls.Answer wrong = calls.get("/api/v1/copy-jobs", "X-API-Key", "wrong");
        Calls.Answer expired = calls.get("/api/v1/copy-jobs", "X-API-Key", TestKeys.EXPIRED);
        assertEquals("unauthorized", wrong.code());
        assertEquals(wrong.body(), expired.body());
        assertEquals("Bearer realm=\"caravan\"", wrong.header("WWW-Authenticate"));
    }

    @Test
    void aMissingRightIsNamedAndKeptInMind() throws Exception {
        Calls calls = new Calls(service.address());
        Calls.Answer refused = calls.post("/api/v1/copy-jobs", Calls.MINIMAL, "X-API-Key", TestKeys.VIEWER);
        assertEquals(403, refused.status());
        assertEquals("copy", refused.json().get("right").asText());
        Awaitility.await()
                .until(() -> calls.get("/api/v1/audit-events?limit=1").json().at("/items/0"), event -> summary(event)
                        .equals("createCopyJob viewer 403 forbidden"));
        assertEquals(
                "audit",
                calls.get("/api/v1/audit-events", "X-API-Key", TestKeys.OPERATOR)
                        .json()
                        .get("right")
                        .asText());
    }

    @Test
    void aChangeIsAuditedAndTheJobKnowsWhoAsked() throws Exception {
        Calls calls = new Calls(service.address());
        service.endEveryJob();
        JsonNode job = calls.post("/api/v1/copy-jobs", Calls.MINIMAL, "X-API-Key", TestKeys.OPERATOR)
                .json();
        assertEquals("operator", job.get("createdBy").asText());
        assertEquals(409, calls.post("/api/v1/copy-jobs", Calls.MINIMAL).status());
        JsonNode events = calls.get("/api/v1/audit-events?limit=2").json();
        JsonNode refused = events.get("items").get(0);
        JsonNode made = events.get("items").get(1);
        assertEquals("createCopyJob admin 409 target-busy", summary(refused));
        assertEquals("createCopyJob operator 202 null", summary(made));
        assertEquals(job.get("id").asText(), made.get("job").asText());
        assertEquals("127.0.0.1", made.get("from").asText());
        service.endEveryJob();
    }

    @Test
    void aKeyForOtherTargetsIsRefusedAlsoBySchedules() throws Exception {
        Caller other = new Caller("other", Role.OPERATOR, Set.of("shop-qa"));
        Access access = new Access(
                true,
                new ApiKeys(
                        List.of(new ApiKey(other, ApiKey.hashOf("other-key"), Optional.empty())), Clock.systemUTC()),
                false);
        Path own = Files.createDirectories(folder.resolve("targets"));
        try (RestService limited = RestService.start(own, Map.of(), Optional.of(access))) {
            Calls calls = new Calls(limited.address());
            for (String path : List.of(
                    "/api/v1/copy-jobs",
                    "/api/v1/plans",
                    "/api/v1/schedules/nightly/run",
                    "/api/v1/schedules/nightly/pause",
                    "/api/v1/schedules/nightly/resume")) {
                Calls.Answer refused =
                        calls.post(path, path.contains("schedules") ? null : Calls.MINIMAL, "X-API-Key", "other-key");
                assertEquals("forbidden", refused.code(), path);
                assertTrue(refused.json().get("detail").asText().contains("shop-dev"), path);
            }
            String qa = Calls.MINIMAL.replace("shop-dev", "shop-qa");
            assertEquals(
                    202,
                    calls.post("/api/v1/copy-jobs", qa, "X-API-Key", "other-key")
                            .status());
        }
    }

    @Test
    void onlyAnAdminMayCopyProductionAsItIs() throws Exception {
        Calls calls = new Calls(service.address());
        String body = "{\"source\": \"shop-prod\", \"target\": \"shop-dev\", \"mask\": false}";
        assertEquals(
                "masking-required",
                calls.post("/api/v1/plans", body, "X-API-Key", TestKeys.OPERATOR)
                        .code());
        assertEquals(
                200,
                calls.post("/api/v1/plans", body, "X-API-Key", TestKeys.ADMIN).status());
        service.headersSeen().clear();
    }

    private static String summary(JsonNode event) {
        return event.get("operation").asText() + " " + event.get("caller").asText() + " "
                + event.get("status").asInt() + " " + event.get("code").asText();
    }

    private static List<String> paths() {
        List<String> paths = new ArrayList<>(List.of("/nothing", "/api", "/api/v1", "/api/v1/nothing"));
        Operations.ofContract()
                .all()
                .forEach(operation -> paths.add(example(operation.path().pattern())));
        return paths.stream().distinct().toList();
    }

    private static String example(String pattern) {
        return pattern.replace("\\Q", "")
                .replace("\\E", "")
                .replace("[^/]+", pattern.contains("copy-jobs") ? ID : "nightly");
    }

    /** Other ways to write an address, of which a router may take some for the same. */
    private static List<String> spellings(String path) {
        int last = path.lastIndexOf('/') + 1;
        String tail = path.substring(last);
        List<String> spellings = new ArrayList<>(List.of(
                path,
                path + "/",
                "/" + path,
                path.replaceFirst("/", "//"),
                path + "//",
                path + "/.",
                "/x/.." + path,
                "/x/%2e%2e" + path,
                path + ";a=b",
                path + "%00",
                path + "%2f",
                path.replace("/", "%2f"),
                path.toUpperCase(java.util.Locale.ROOT)));
        if (!tail.isEmpty()) {
            spellings.add(path.substring(0, last) + "%" + Integer.toHexString(tail.charAt(0)) + tail.substring(1));
        }
        return spellings;
    }

    private static String basic(String key) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(("any:" + key).getBytes(StandardCharsets.UTF_8)) + "\r\n";
    }

    /** By hand: no client would send such addresses. */
    private static int status(String server, String method, String path, String headers) throws IOException {
        URI address = URI.create(server);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            String line = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
            assertFalse(line.length() < 12, () -> method + " " + path + " had no answer");
            return Integer.parseInt(line.substring(9, 12));
        }
    }
}
