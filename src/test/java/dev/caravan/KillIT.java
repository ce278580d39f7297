package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.job.Json;
import dev.caravan.schema.Identifiers;
import dev.caravan.servers.Sql;
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
import java.sql.Connection;
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

/**
 * A service is killed while it works on three jobs, one in COPY and two that wait to rename the databases; of one of these the
 * renames then take place by hand, as when the service dies between its commit and the end of the job. Another service follows.
 */
class KillIT {
    private static Trials trials;
    private static Trial copying;
    private static Trial swapping;
    private static Trial swapped;
    private static JsonNode copyingJob;
    private static JsonNode swappingJob;
    private static JsonNode swappedJob;

    @TempDir
    static Path folder;

    @BeforeAll
    static void killAndStartAgain() throws Exception {
        String rows = "CREATE TABLE item AS SELECT i AS id FROM generate_series(1, 777) i";
        trials = new Trials(folder)
                .with("caravan.jobs.concurrent", "3")
                .with("caravan.lease.duration", "6s")
                .with("caravan.lease.renewal", "2s")
                .with("caravan.repair.period", "1s");
        copying = trials.add("copying", Trials.SLOW_ROWS);
        swapping = trials.add("swapping", rows);
        swapped = trials.add("swapped", rows);
        String copyingId;
        String swappingId;
        String swappedId;
        Process service = child();
        try (Connection inTheWay = TestServers.target().connect("postgres")) {
            copyingId = create(service, copying);
            Trials.awaitSession(TestServers.target(), copyingId, "query LIKE 'COPY %' AND state = 'active'");
            inTheWay.setAutoCommit(false);
            for (Trial trial : List.of(swapping, swapped)) {
                Sql.execute(
                        inTheWay,
                        "COMMENT ON DATABASE "
                                + Identifiers.quoted(trial.target().name()) + " IS 'in the way'");
            }
            swappingId = create(service, swapping);
            swappedId = create(service, swapped);
            for (String id : List.of(swappingId, swappedId)) {
                Trials.awaitSession(TestServers.target(), id, "query LIKE '%RENAME%' AND wait_event_type = 'Lock'");
            }
            service.destroyForcibly();
            assertTrue(service.waitFor(10, TimeUnit.SECONDS));
            inTheWay.rollback();
        } finally {
            service.destroyForcibly();
        }
        renameByHand(swappedId);
        trials.start();
        copyingJob = ended(copyingId);
        swappingJob = ended(swappingId);
        swappedJob = ended(swappedId);
    }

    @AfterAll
    static void stop() {
        trials.close();
    }

    @Test
    void jobThatWasCopyingHasFailedAndItsTargetIsAsItWas() {
        trials.failed(copying, "interrupted", copyingJob);
    }

    @Test
    void jobThatWasAboutToSwapHasFailedAndItsTargetIsOpenAgain() {
        trials.failed(swapping, "interrupted", swappingJob);
    }

    @Test
    void jobWhoseSwapHadTakenPlaceHasSucceededAndItsPreviousTargetIsGone() {
        assertEquals("SUCCEEDED", swappedJob.path("state").asText(), swappedJob::toString);
        assertEquals("777", swapped.target().text("SELECT count(*) FROM item"));
        trials.assertNothingLeft();
    }

    private static JsonNode ended(String id) {
        return Awaitility.await("the restarted service ends " + id)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> trials.service().job(id),
                        job -> job.path("state").asText().matches("SUCCEEDED|FAILED|CANCELLED"));
    }

    private static void renameByHand(String id) {
        Awaitility.await("the dead service's sessions end")
                .atMost(Duration.ofSeconds(20))
                .until(() -> !Trials.sessions(TestServers.target()).contains(id));
        String target = swapped.target().name();
        String staging = Trials.postgres(TestServers.target())
                .text("SELECT datname FROM pg_database WHERE datname LIKE "
                        + Identifiers.literal(target.replace("_", "\\_") + "\\_caravan\\_%"));
        TestServers.target()
                .administer(
                        "ALTER DATABASE " + Identifiers.quoted(target) + " RENAME TO "
                                + Identifiers.quoted(staging.replace("_caravan_", "_before_")),
                        "ALTER DATABASE " + Identifiers.quoted(staging) + " RENAME TO " + Identifiers.quoted(target));
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
