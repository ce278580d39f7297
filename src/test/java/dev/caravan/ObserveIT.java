package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.job.Json;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a copy the management port shows how long each route and each step took, and that all is well. */
class ObserveIT {
    @TempDir
    Path folder;

    @Test
    void afterACopyEveryRouteAndStepHasATimerAndTheServiceIsUp() throws Exception {
        TestServer targetServer = TestServers.target();
        Login admin = new Login(targetServer.superuser(), targetServer.password());
        Login reader = TestServers.source().createSourceReader("BYPASSRLS");
        try (TestDatabase source = TestServers.source().createDatabase("observed")) {
            source.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t SELECT generate_series(1, 1000)");
            source.grantReading(reader);
            ServiceUnderTest.Configuration configuration = new ServiceUnderTest.Configuration(folder)
                    .source("observed", source, reader)
                    .target("observed-copy", targetServer, source.name() + "_observed", admin);
            try (ServiceUnderTest service = configuration.start()) {
                JsonNode job = service.copy("{\"source\":\"observed\",\"target\":\"observed-copy\"}");
                assertEquals("SUCCEEDED", job.get("state").asText(), job::toString);

                String management =
                        "http://127.0.0.1:" + configuration.properties().get("camel.management.port") + "/observe/";
                String metrics = get(management + "metrics");
                for (String route : new String[] {"copy-job", "worker", "load-part", "build-index", "swap"}) {
                    assertTrue(metrics.contains("routeId=\"" + route + "\""), () -> route + " in\n" + metrics);
                }
                for (String step : new String[] {"run-preflight", "copy-in", "create-index", "swap-databases"}) {
                    assertTrue(metrics.contains("nodeId=\"" + step + "\""), () -> step + " in\n" + metrics);
                }
                everyMetricOfTheDashboardAndTheAlertsIsThere(management);
                assertFalse(metrics.contains(job.get("id").asText()), "a job's id is a label without bound");
                JsonNode health = Json.MAPPER.readTree(get(management + "health"));
                assertEquals("UP", health.get("status").asText());
                assertTrue(health.get("checks").toString().contains("\"store\""), health::toString);
                service.context().getRouteController().stopRoute("worker");
                assertTrue(get(management + "health").contains("Routes that do not run: worker"));
                assertEquals(503, status(management + "health/ready"));
                assertEquals(200, status(management + "health/live"));
            } finally {
                targetServer.dropDatabase(source.name() + "_observed");
            }
        }
    }

    /** A dashboard that asks for what nobody measures shows nothing, and an alert on it never comes. */
    private static void everyMetricOfTheDashboardAndTheAlertsIsThere(String management) throws Exception {
        Set<String> wanted = new TreeSet<>();
        for (JsonNode panel : Json.MAPPER
                .readTree(Files.readString(Path.of("deploy/grafana-dashboard.json")))
                .get("panels")) {
            panel.get("targets")
                    .forEach(target -> wanted.addAll(names(target.get("expr").asText())));
        }
        Files.readString(Path.of("deploy/prometheus-alerts.yaml"))
                .lines()
                .filter(line -> line.strip().startsWith("expr:"))
                .forEach(line -> wanted.addAll(names(line)));
        // No schedule is declared here; its gauge has tests of its own. "up" is Prometheus' own.
        wanted.remove("caravan_schedule_last_success_seconds");
        assertTrue(wanted.size() >= 6, wanted.toString());
        Awaitility.await().untilAsserted(() -> {
            String metrics = get(management + "metrics");
            for (String name : wanted) {
                assertTrue(
                        metrics.lines().anyMatch(line -> line.startsWith(name + "{") || line.startsWith(name + " ")),
                        name);
            }
            assertTrue(metrics.contains("caravan_jobs{state=\"SUCCEEDED\"} 1.0"), metrics);
            assertTrue(metrics.contains("caravan_rows_copied_total 1000.0"), metrics);
            assertTrue(metrics.contains("caravan_job_duration_seconds_count{state=\"SUCCEEDED\"} 1"), metrics);
            assertTrue(metrics.contains("caravan_phase_duration_seconds_count{phase=\"COPY\"} 1"), metrics);
            assertTrue(metrics.contains("caravan_connections{pool=\"source\",state=\"used\"} 0.0"), metrics);
            assertTrue(metrics.contains("caravan_connections{pool=\"store\",state=\"idle\"} 1.0"), metrics);
            assertTrue(metrics.contains("caravan_workers{state=\"busy\"} 0.0"), metrics);
        });
    }

    private static Set<String> names(String expression) {
        Set<String> names = new TreeSet<>();
        Matcher name = Pattern.compile("\\b(caravan|camel|jvm)_[a-z_]+").matcher(expression);
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }

    private static int status(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String get(String address) throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create(address))
                                .header("X-API-Key", TestKeys.VIEWER)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
