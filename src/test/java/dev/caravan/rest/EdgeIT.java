package dev.caravan.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.RestService;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the edge refuses, what it lets through, and what it adds. */
final class EdgeIT {
    private static final String KEY = "X-API-Key: " + dev.caravan.TestKeys.ADMIN;

    private static final String JOBS = "/api/v1/copy-jobs";
    private static final String PLANS = "/api/v1/plans";
    private static final int ONE_MB = 1_048_576;

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
    void everyUnknownAddressIsAProblem() throws Exception {
        for (String path : List.of(
                "/nothing",
                "/api",
                "/api/v1",
                "/api/v1/",
                "/api/v1/nothing",
                "/api/v1copy-jobs",
                "/api/v2/copy-jobs",
                "/application.properties",
                "/swagger-ui/pom.xml",
                "/swagger-ui/..%2f..%2fpom.xml",
                "/q/health",
                "/observe/health")) {
            Calls.Answer answer = calls.get(path);
            assertEquals("not-found", answer.code(), path);
            assertEquals(404, answer.status(), path);
        }
    }

    @Test
    void aMethodThatAnAddressLacksIsRefusedWithThoseItHas() throws Exception {
        for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS", "FOO", "TRACE")) {
            Calls.Answer answer = method.equals("TRACE") ? raw("TRACE " + JOBS) : calls.send(method, JOBS, null);
            assertEquals(405, answer.status(), method);
            assertTrue(answer.body().contains("\"method-not-allowed\""), method);
            if (!method.equals("TRACE")) {
                assertEquals(
                        Set.of("GET", "HEAD", "POST"),
                        Set.of(answer.header("Allow").split(", ")),
                        method);
            }
        }
        assertEquals("POST", calls.get(PLANS).header("Allow"));
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        Calls.Answer answer = calls.send("HEAD", JOBS, null);
        assertEquals(200, answer.status());
        assertEquals("application/json", answer.header("Content-Type"));
        assertEquals("", answer.body());
        assertEquals(404, calls.send("HEAD", "/nothing", null).status());
    }

    @Test
    void onlyJsonInUtf8IsRead() throws Exception {
        for (String type : List.of(
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json; charset=utf-16",
                "application/json; charset=no-such-charset",
                "application/jsonx",
                "nonsense")) {
            Calls.Answer answer = calls.post(PLANS, Calls.MINIMAL, "Content-Type", type);
            assertEquals(415, answer.status(), type);
            assertEquals("unsupported-media-type", answer.code(), type);
        }
        assertEquals(
                "unsupported-media-type",
                calls.post(PLANS, Calls.MINIMAL, "Content-Type", "application/json", "Content-Encoding", "gzip")
                        .code());
        for (String type : List.of("application/json", "Application/JSON; charset=UTF-8")) {
            assertEquals(
                    200, calls.post(PLANS, Calls.MINIMAL, "Content-Type", type).status(), type);
        }
    }

    @Test
    void onlyMediaTypesThatAnAddressGivesAreAccepted() throws Exception {
        for (String accept : List.of("text/html", "application/xml", "text/csv", "application/json;q=0", "nonsense")) {
            Calls.Answer answer = calls.get(JOBS, "Accept", accept);
            assertEquals(406, answer.status(), accept);
            assertEquals("not-acceptable", answer.code(), accept);
        }
        for (String accept : List.of("*/*", "application/*", "text/html, */*;q=0.1", "application/json; q=1")) {
            assertEquals(200, calls.get(JOBS, "Accept", accept).status(), accept);
        }
    }

    @Test
    void bodiesOverOneMegabyteAreRefusedWhetherTheyTellTheirLengthOrNot() throws Exception {
        byte[] large = ("{\"source\": \"" + "x".repeat(ONE_MB)).getBytes(StandardCharsets.UTF_8);
        for (HttpRequest.BodyPublisher body : List.of(
                BodyPublishers.ofByteArray(large),
                BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)))) {
            Calls.Answer answer = calls.send(calls.request(PLANS, "Content-Type", "application/json")
                    .POST(body)
                    .build());
            assertEquals(413, answer.status());
            assertEquals("body-too-large", answer.code());
        }
    }

    @Test
    void aBrokenBodyIsRefusedWithItsFaults() throws Exception {
        for (String body : List.of("", "{", "[]", "null", "5", "\"x\"", Calls.MINIMAL + "}", Calls.MINIMAL + " {}")) {
            Calls.Answer answer = calls.post(PLANS, body);
            assertEquals(400, answer.status(), body);
            assertEquals("validation", answer.code(), body);
        }
        Calls.Answer answer = calls.post(PLANS, "{\"source\": 5, \"onExisting\": \"DROP\", \"labels\": []}");
        List<String> pointers = answer.json().path("errors").findValuesAsText("pointer");
        assertEquals(Set.of("/source", "/target", "/onExisting", "/labels"), Set.copyOf(pointers));
    }

    @Test
    void parametersAreHeldToTheContract() throws Exception {
        for (String query : List.of(
                "unknown=1",
                "limit=0",
                "limit=201",
                "limit=x",
                "limit=",
                "state=DONE",
                "state=queued",
                "target=a%20b",
                "limit=1&limit=2",
                "cursor=",
                "State=QUEUED",
                "Accept=text/csv",
                "id=1")) {
            Calls.Answer answer = calls.get(JOBS + "?" + query);
            assertEquals("validation", answer.code(), query);
        }
        assertEquals(
                "validation", calls.post(JOBS + "?dryRun=true", Calls.MINIMAL).code());
        assertTrue(raw("GET " + JOBS + "?limit=%zz").body().contains("\"validation\""));
    }

    @Test
    void headersOfTheFrameworkNeverReachTheRoutesNorTheAnswer() throws Exception {
        service.headersSeen().clear();
        List<String> names = smuggled();
        assertTrue(names.size() >= 500, "names: " + names.size());
        for (String name : names) {
            Calls.Answer answer = calls.post(PLANS, Calls.MINIMAL, name, "smuggled-canary");
            assertEquals(200, answer.status(), name);
            assertFalse(answer.headers().toString().contains("canary"), name);
            Calls.Answer asParameter = calls.post(PLANS + "?" + name + "=smuggled-canary", Calls.MINIMAL);
            assertEquals("validation", asParameter.code(), name);
            assertFalse((asParameter.headers() + asParameter.body()).contains("canary"), name);
        }
        assertEquals(names.size(), service.headersSeen().size());
        Set<String> allowed = Set.of("accept", "camelhttpmethod", "camelhttppath", "camelhttpquery");
        service.headersSeen().forEach(headers -> {
            assertFalse(headers.toString().contains("canary"), headers.toString());
            headers.keySet().forEach(name -> assertTrue(allowed.contains(name.toLowerCase(Locale.ROOT)), name));
        });
    }

    /** What Camel itself calls its headers, and components theirs, in every spelling. */
    private static List<String> smuggled() throws IllegalAccessException {
        Set<String> names = new TreeSet<>(List.of(
                "CamelExecCommandExecutable",
                "CamelExecCommandArgs",
                "CamelBeanMethodName",
                "CamelFileName",
                "CamelHttpUri",
                "CamelJdbcParameters",
                "CamelSqlQuery",
                "CamelRestHttpUri",
                "CamelQuartzTrigger",
                "CamelJmsDestination",
                "CamelVertxPlatformHttpLocalAddress",
                "org.apache.camel.test",
                "org.restlet.startTime",
                "breadcrumbId",
                "X-Forwarded-Host",
                "Cookie",
                "id",
                "name",
                "target"));
        for (Field field : Exchange.class.getFields()) {
            if (field.getType() == String.class && ((String) field.get(null)).matches("Camel\\w+")) {
                names.add((String) field.get(null));
            }
        }
        Set<String> spelled = new TreeSet<>();
        for (String name : names) {
            StringBuilder mixed = new StringBuilder();
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                mixed.append(i % 2 == 0 ? Character.toLowerCase(c) : Character.toUpperCase(c));
            }
            spelled.addAll(List.of(
                    name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT), mixed.toString(), "X-" + name));
        }
        return List.copyOf(spelled);
    }

    @Test
    void onlyThisMachinesOwnNamesAreAnswered() throws Exception {
        assertTrue(raw("GET " + JOBS, "Host: attacker.example", KEY).body().contains("\"forbidden\""));
        assertTrue(raw("GET " + JOBS, "Host: 127.0.0.1.attacker.example", KEY)
                .body()
                .contains("\"forbidden\""));
        for (String host : List.of("localhost", "LOCALHOST:80", "127.0.0.1:8080", "[::1]:8080")) {
            assertEquals(200, raw("GET " + JOBS, "Host: " + host, KEY).status(), host);
        }
    }

    /** A request by hand: for what a well-behaved client would not send. */
    private static Calls.Answer raw(String line, String... headers) throws IOException {
        URI address = URI.create(service.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            String host =
                    headers.length == 0 ? "Host: localhost\r\n" + KEY + "\r\n" : String.join("\r\n", headers) + "\r\n";
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Calls.Answer(
                    Integer.parseInt(answer.substring(9, 12)),
                    java.net.http.HttpHeaders.of(Map.of(), (name, value) -> true),
                    answer);
        }
    }
}
