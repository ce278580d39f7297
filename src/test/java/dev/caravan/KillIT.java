package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.job.Json;
import dev.caravan.servers.TestServers;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service is killed in the middle of a COPY, and another one follows on its store. */
class KillIT {
    private static Trials trials;
    private static Trial copying;
    private static JsonNode copyingJob;

    @TempDir
    static Path folder;

    @BeforeAll
    static void killAndStartAgain() throws Exception {
        trials = new Trials(folder)
                .with("caravan.lease.duration", "6s")
                .with("caravan.lease.renewal", "2s")
                .with("caravan.repair.period", "1s");
        copying = trials.add("copying", Trials.SLOW_ROWS);
        String id;
        Process service = child();
        try {
            id = create(service, copying);
            Trials.awaitSession(TestServers.target(), id, "query LIKE 'COPY %' AND state = 'active'");
        } finally {
            service.destroyForcibly();
        }
        assertTrue(service.waitFor(10, TimeUnit.SECONDS));
        trials.start();
        copyingJob = ended(id);
    }

    @AfterAll
    static void stop() {
        trials.close();
    }

    @Test
    void jobThatWasCopyingHasFailedAndItsTargetIsAsItWas() {
        trials.failed(copying, "interrupted", copyingJob);
    }

    private static JsonNode ended(String id) {
        return Awaitility.await("the restarted service ends " + id)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> trials.service().job(id),
                        job -> job.path("state").asText().matches("SUCCEEDED|FAILED|CANCELLED"));
    }

    /** The service as a process of its own, with the trials' configuration. */
    private static Process child() throws IOException {
        Properties properties = new Properties();
        properties.putAll(trials.configuration().properties());
        Path file = folder.resolve("caravan.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path")
                        + File.pathSeparator
                        + System.getProperty("surefire.test.class.path", "")));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("test.") && name.endsWith(".password"))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of("dev.caravan.Caravan", "serve", "--config", file.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    /** Creates a job as soon as the process answers. @return its id */
    private static String create(Process service, Trial trial) throws IOException {
        URI jobs = URI.create("http://127.0.0.1:"
                + trials.configuration().properties().get("camel.server.port") + "/api/v1/copy-jobs");
        HttpRequest request = HttpRequest.newBuilder(jobs)
                .header("Content-Type", "application/json")
                .header("X-API-Key", TestKeys.OPERATOR)
                .POST(HttpRequest.BodyPublishers.ofString(trial.request()))
                .build();
        String answer = Awaitility.await("the service answers")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .failFast("the service ended", () -> !service.isAlive())
                .ignoreExceptions()
                .until(
                        () -> HttpClient.newHttpClient()
                                .send(request, HttpResponse.BodyHandlers.ofString())
                                .body(),
                        body -> body.contains("\"state\""));
        return Json.MAPPER.readTree(answer).get("id").asText();
    }
}
