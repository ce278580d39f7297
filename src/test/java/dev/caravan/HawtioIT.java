package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import dev.caravan.job.Json;
import dev.caravan.servers.Browser;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console shows the routes with what went through them, and can change nothing. */
class HawtioIT {
    private static final int BATCH = 500;

    @TempDir
    static Path folder;

    private static TestDatabase source;
    private static TestDatabase slow;
    private static ServiceUnderTest service;
    private static String management;

    @BeforeAll
    static void copyOnce() {
        TestServer targetServer = TestServers.target();
        Login admin = new Login(targetServer.superuser(), targetServer.password());
        Login reader = TestServers.source().createSourceReader("BYPASSRLS");
        source = TestServers.source().createDatabase("watched");
        source.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t SELECT generate_series(1, 200000)");
        source.grantReading(reader);
        slow = TestServers.source().createDatabase("watched_slow");
        slow.execute(
                "CREATE TABLE t (id int PRIMARY KEY)",
                "INSERT INTO t SELECT generate_series(1, 200000)",
                Trials.SLOW_ROWS);
        slow.grantReading(reader);
        ServiceUnderTest.Configuration configuration = new ServiceUnderTest.Configuration(folder)
                .source("watched", source, reader)
                .source("slow", slow, reader)
                .target("slow-copy", targetServer, slow.name() + "_watched", admin)
                .target("watched-copy", targetServer, source.name() + "_watched", admin);
        management = "http://127.0.0.1:" + configuration.properties().get("camel.management.port");
        service = configuration.start();
        JsonNode job = service.copy("{\"source\":\"watched\",\"target\":\"watched-copy\"}");
        assertEquals("SUCCEEDED", job.get("state").asText(), job::toString);
    }

    @AfterAll
    static void stop() {
        service.close();
        TestServers.target().dropDatabase(source.name() + "_watched");
        source.close();
        slow.close();
    }

    @Test
    void theConsoleShowsARoutesDiagramWithItsCountsWhileAJobRunsAndLetsNobodyStopIt() {
        int before = exchanges("copy-in");
        String id = service.create("{\"source\":\"slow\",\"target\":\"slow-copy\"}");
        try (Browser browser = Browser.start()) {
            // The quick table is in; the other one takes most of a minute more.
            Awaitility.await("the rows of the quick table are in")
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> service.job(id).at("/progress/rowsCopied").asLong() >= 200_000);
            Page page = browser.page(new com.microsoft.playwright.Browser.NewContextOptions()
                    .setHttpCredentials("any", TestKeys.VIEWER)
                    .setViewportSize(1400, 900));
            page.navigate(management + "/hawtio/");
            page.getByText("load-part").first().click();
            page.getByText("(ID: copy-in)").waitFor();
            page.getByText("(ID: mask)").waitFor();
            // A part of 200,000 rows travels in several batches, each an exchange that the step has seen.
            int batches = exchanges("copy-in");
            assertTrue(batches > before + 10, "batches: " + before + ", " + batches);
            page.getByText(String.valueOf(batches)).first().waitFor();
            page.screenshot(new Page.ScreenshotOptions().setPath(Browser.screenshot("hawtio-route")));
            Object denied = page.evaluate("async () => {"
                    + " const search = {type: 'search', mbean: 'org.apache.camel:type=routes,name=\"load-part\",*'};"
                    + " const ask = what => fetch('/hawtio/jolokia', {method: 'POST', body: JSON.stringify(what)}).then(r => r.json());"
                    + " const route = (await ask(search)).value[0];"
                    + " return (await ask({type: 'exec', mbean: route, operation: 'stop()'})).status; }");
            assertEquals(403, ((Number) denied).intValue());
            assertEquals("RUNNING", service.job(id).path("state").asText());
        } finally {
            service.call("POST", "/api/v1/copy-jobs/" + id + "/cancel", null);
            service.end(id);
        }
    }

    @Test
    void whatRunsCanBeRead() throws Exception {
        ObjectNode beans = (ObjectNode)
                jolokia("{\"type\":\"list\",\"path\":\"dev.caravan\"}").get("value");
        assertEquals(
                List.of("type=Jobs", "type=Parts", "type=Pools", "type=Workers"),
                beans.properties().stream().map(Map.Entry::getKey).sorted().toList());
        for (JsonNode bean : beans) {
            assertTrue(bean.get("desc").asText().length() > 20, bean::toString);
            // Camel shows an attribute's getter as an operation too; none of them may be called.
            bean.path("op").fieldNames().forEachRemaining(name -> assertTrue(name.startsWith("get"), name));
            bean.get("attr").forEach(attribute -> {
                assertTrue(attribute.get("desc").asText().length() > 10, attribute::toString);
                assertFalse(attribute.get("rw").asBoolean(), attribute::toString);
            });
        }
        assertEquals(0, attribute("Jobs", "Count").asInt());
        assertEquals(0, attribute("Parts", "Count").asInt());
        assertTrue(attribute("Workers", "Size").asInt() > 1);
        assertTrue(attribute("Pools", "Open").get("store").asInt() >= 1);
        assertEquals(0, attribute("Pools", "Open").get("source").asInt());
        JsonNode routes = jolokia("{\"type\":\"search\",\"mbean\":\"org.apache.camel:type=routes,*\"}");
        assertTrue(routes.get("value").toString().contains("copy-job"), routes::toString);
    }

    @Test
    void nothingCanBeChangedOrCalled() throws Exception {
        String route = jolokia(
                        "{\"type\":\"search\",\"mbean\":\"org.apache.camel:type=routes,name=\\\"copy-job\\\",*\"}")
                .get("value")
                .get(0)
                .asText();
        String named = Json.MAPPER.writeValueAsString(route);
        for (String request : List.of(
                "{\"type\":\"exec\",\"mbean\":" + named + ",\"operation\":\"stop()\"}",
                "{\"type\":\"exec\",\"mbean\":" + named + ",\"operation\":\"getState\"}",
                "{\"type\":\"write\",\"mbean\":" + named + ",\"attribute\":\"StatisticsEnabled\",\"value\":false}",
                "{\"type\":\"exec\",\"mbean\":\"java.lang:type=Memory\",\"operation\":\"gc\"}",
                "{\"type\":\"exec\",\"mbean\":\"com.sun.management:type=DiagnosticCommand\",\"operation\":\"vmCommandLine\"}",
                "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"SystemProperties\"}",
                "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"InputArguments\"}")) {
            JsonNode answer = jolokia(request);
            assertEquals(403, answer.get("status").asInt(), () -> request + " -> " + answer);
        }
        JsonNode runtime = jolokia("{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\"}");
        assertFalse(runtime.toString().contains("java.class.path\":"), "system properties are readable");
        assertEquals(
                "Started",
                jolokia("{\"type\":\"read\",\"mbean\":" + named + ",\"attribute\":\"State\"}")
                        .get("value")
                        .asText());
    }

    @Test
    void noOperationOfAnyBeanCanBeCalledButTheDrawings() throws Exception {
        ArrayNode calls = Json.MAPPER.createArrayNode();
        for (var domain : jolokia("{\"type\":\"list\"}").get("value").properties()) {
            for (var bean : domain.getValue().properties()) {
                for (var operation : bean.getValue().path("op").properties()) {
                    if (!operation.getKey().startsWith("dump")) {
                        calls.addObject()
                                .put("type", "exec")
                                .put("mbean", domain.getKey() + ":" + bean.getKey())
                                .put("operation", operation.getKey());
                    }
                }
            }
        }
        assertTrue(calls.size() > 100, "operations: " + calls.size());
        for (int from = 0; from < calls.size(); from += BATCH) {
            ArrayNode batch = Json.MAPPER.createArrayNode();
            for (int i = from; i < Math.min(calls.size(), from + BATCH); i++) {
                batch.add(calls.get(i));
            }
            for (JsonNode answer : jolokia(batch.toString())) {
                // An operation of several signatures is asked for with one, or not looked at.
                assertTrue(
                        answer.get("status").asInt() == 403
                                || answer.get("error_type").asText().contains("IllegalArgument"),
                        answer::toString);
            }
        }
    }

    @Test
    void aPageOfAnotherSiteIsNotAnswered() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(management + "/hawtio/jolokia/version"))
                .header("X-API-Key", TestKeys.VIEWER)
                .header("Origin", "https://attacker.example")
                .build();
        assertEquals(
                403,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode());
    }

    private static JsonNode attribute(String type, String name) throws Exception {
        JsonNode answer = jolokia(
                "{\"type\":\"read\",\"mbean\":\"dev.caravan:type=" + type + "\",\"attribute\":\"" + name + "\"}");
        assertEquals(200, answer.get("status").asInt(), answer::toString);
        return answer.get("value");
    }

    private static int exchanges(String step) {
        try {
            JsonNode found = jolokia("{\"type\":\"read\",\"mbean\":\"org.apache.camel:type=processors,name=\\\"" + step
                    + "\\\",*\",\"attribute\":\"ExchangesCompleted\"}");
            return found.get("value")
                    .elements()
                    .next()
                    .get("ExchangesCompleted")
                    .asInt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode jolokia(String request) throws Exception {
        HttpRequest http = HttpRequest.newBuilder(URI.create(management + "/hawtio/jolokia"))
                .header("X-API-Key", TestKeys.VIEWER)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request))
                .build();
        return Json.MAPPER.readTree(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(http, HttpResponse.BodyHandlers.ofString())
                .body());
    }
}
