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
import java.nio.file.Path;
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
                assertFalse(metrics.contains(job.get("id").asText()), "a job's id is a label without bound");
                assertEquals(
                        "UP",
                        Json.MAPPER
                                .readTree(get(management + "health"))
                                .get("status")
                                .asText());
            } finally {
                targetServer.dropDatabase(source.name() + "_observed");
            }
        }
    }

    private static String get(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
