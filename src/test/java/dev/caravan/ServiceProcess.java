package dev.caravan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.job.Json;
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

/** The service as a process of its own, which can be killed. */
final class ServiceProcess implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final Path output;
    private final String port;
    private final String managementPort;

    private ServiceProcess(Process process, Path output, String port, String managementPort) {
        this.process = process;
        this.output = output;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** @param folder for its configuration, its output and its temporary files */
    static ServiceProcess start(Path folder, ServiceUnderTest.Configuration configuration) throws IOException {
        Properties properties = new Properties();
        properties.putAll(configuration.properties());
        Path file = folder.resolve("caravan.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                // Each lives for seconds only.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path")
                        + File.pathSeparator
                        + System.getProperty("surefire.test.class.path", "")));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("test."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of("dev.caravan.Caravan", "serve", "--config", file.toString()));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        return new ServiceProcess(
                process,
                output,
                String.valueOf(properties.get("camel.server.port")),
                String.valueOf(properties.get("camel.management.port")));
    }

    /** The most memory that it has ever held, as Linux counts it, such as {@code 300120 kB}. */
    String peakMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.substring("VmHWM:".length()).strip())
                .findFirst()
                .orElseThrow();
    }

    /** What it printed, and those before it with the same folder. */
    Path output() {
        return output;
    }

    /** Creates a job as soon as the process answers. @return its id */
    String create(String request) {
        String answer = Awaitility.await("the service answers")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .failFast("the service ended", () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> send("POST", "/api/v1/copy-jobs", request), body -> body.contains("\"state\""));
        try {
            return Json.MAPPER.readTree(answer).get("id").asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the job's end. */
    JsonNode end(String id) {
        return end(id, Duration.ofSeconds(90));
    }

    JsonNode end(String id, Duration most) {
        return Awaitility.await("job " + id + " ends")
                .atMost(most)
                .pollInterval(Duration.ofMillis(50))
                .failFast("the service ended", () -> !process.isAlive())
                .ignoreExceptions()
                .until(
                        () -> Json.MAPPER.readTree(send("GET", "/api/v1/copy-jobs/" + id, null)),
                        job -> job.path("state").asText().matches("SUCCEEDED|FAILED|CANCELLED"));
    }

    String send(String method, String path, String body) throws IOException, InterruptedException {
        return send("http://127.0.0.1:" + port + path, method, body, "application/json, text/plain;q=0.5, */*;q=0.1");
    }

    /** Asks the management port. */
    String manage(String method, String path, String body) throws IOException, InterruptedException {
        return send("http://127.0.0.1:" + managementPort + path, method, body, "*/*");
    }

    private static String send(String address, String method, String body, String accept)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .header("Accept", accept)
                .header("X-API-Key", TestKeys.ADMIN)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Ends it as the kernel would: nothing of its own runs any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process outlives SIGKILL");
        }
    }

    /** Nothing of it runs until {@link #wake}. */
    void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void wake() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", name, String.valueOf(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("kill " + name + " failed");
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
