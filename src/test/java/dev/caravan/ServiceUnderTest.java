package dev.caravan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.job.Json;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;

/** The whole service on free ports, with an SQLite store in a given folder, spoken to over HTTP. */
public final class ServiceUnderTest implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Service service;

    private ServiceUnderTest(Service service) {
        this.service = service;
    }

    /** Connections and settings to start with. */
    public static final class Configuration {
        private final Map<String, String> properties = new LinkedHashMap<>();

        public Configuration(Path folder) {
            properties.put("caravan.store.url", "jdbc:sqlite:" + folder.resolve("caravan.db"));
            properties.put("caravan.run.directory", folder.resolve("run").toString());
            properties.put("camel.server.port", String.valueOf(freePort()));
            properties.put("camel.management.port", String.valueOf(freePort()));
            TestKeys.declare(properties);
        }

        public Configuration source(String name, TestDatabase database, Login login) {
            return connection(name, database.server(), database.name(), login)
                    .with("caravan.connection." + name + ".role", "source");
        }

        public Configuration target(String name, TestServer server, String database, Login login) {
            return connection(name, server, database, login).with("caravan.connection." + name + ".role", "target");
        }

        private Configuration connection(String name, TestServer server, String database, Login login) {
            String prefix = "caravan.connection." + name + ".";
            System.setProperty("test." + name + ".password", login.password());
            return with(prefix + "url", server.url(database))
                    .with(prefix + "username", login.role())
                    .with(prefix + "password", "{{sys:test." + name + ".password}}");
        }

        public Configuration with(String key, String value) {
            properties.put(key, value);
            return this;
        }

        public Map<String, String> properties() {
            return properties;
        }

        public ServiceUnderTest start() {
            try {
                return new ServiceUnderTest(
                        Service.of(java.util.Optional.empty(), properties).start());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates a job and waits for its end. @return the job */
    public JsonNode copy(String request) {
        return end(create(request));
    }

    /** @return the job's id */
    public String create(String request) {
        JsonNode job = call("POST", "/api/v1/copy-jobs", request);
        if (!job.has("id")) {
            throw new AssertionError("refused: " + job);
        }
        return job.get("id").asText();
    }

    public JsonNode job(String id) {
        return call("GET", "/api/v1/copy-jobs/" + id, null);
    }

    public JsonNode end(String id) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> job(id), job -> job.path("state").asText().matches("SUCCEEDED|FAILED|CANCELLED"));
    }

    public JsonNode call(String method, String path, String body) {
        return callAs(TestKeys.ADMIN, method, path, body);
    }

    public JsonNode callAs(String key, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.address() + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("X-API-Key", key)
                .build();
        try {
            return Json.MAPPER.readTree(
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Its routes and beans. */
    CamelContext context() {
        return service.context();
    }

    public URI address() {
        return service.address();
    }

    @Override
    public void close() {
        service.close();
    }
}
