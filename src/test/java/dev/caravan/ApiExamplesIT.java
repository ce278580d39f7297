package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import dev.caravan.job.Json;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/api.md do what the page says. */
class ApiExamplesIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|json|text)\\n(.*?)^```$");
    private static final String MARK = "--- the next block ---";

    @TempDir
    Path folder;

    /** @param expected what the page shows below it; empty where it shows nothing */
    private record Example(String commands, String language, String expected) {}

    private static List<Example> examples() throws Exception {
        List<Example> examples = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/api.md")));
        while (block.find()) {
            if (block.group(1).equals("sh")) {
                examples.add(new Example(block.group(2), "", ""));
            } else {
                Example last = examples.remove(examples.size() - 1);
                assertEquals("", last.expected(), "two answers to " + last.commands());
                examples.add(new Example(last.commands(), block.group(1), block.group(2)));
            }
        }
        return examples;
    }

    @Test
    void everyExampleIsAnsweredAsThePageSays() throws Exception {
        var targetServer = TestServers.target();
        Login admin = new Login(targetServer.superuser(), targetServer.password());
        Login reader = TestServers.source().createSourceReader("BYPASSRLS");
        try (TestDatabase source = TestServers.source().createDatabase("exemplary")) {
            source.execute(
                    "CREATE TABLE customer (id int PRIMARY KEY, email text)",
                    "CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customer)",
                    "INSERT INTO customer SELECT i, 'c' || i || '@example.org' FROM generate_series(1, 100) i",
                    "INSERT INTO orders SELECT i, 1 + i % 100 FROM generate_series(1, 1000) i");
            source.grantReading(reader);
            ServiceUnderTest.Configuration configuration = Scheduled.schedule(
                            new ServiceUnderTest.Configuration(folder)
                                    .source("shop-prod", source, reader)
                                    .target("shop-dev", targetServer, source.name() + "_copy", admin),
                            "nightly",
                            "0 0 2 * * ? 2098",
                            "{\"source\": \"shop-prod\", \"target\": \"shop-dev\", \"mask\": false}")
                    .with("caravan.schedule.nightly.zone", "Europe/Berlin");
            try (ServiceUnderTest service = configuration.start()) {
                run(service, examples());
                String last = service.call("GET", "/api/v1/copy-jobs?limit=1", null)
                        .at("/items/0/id")
                        .asText();
                service.end(last);
            } finally {
                targetServer.dropDatabase(source.name() + "_copy");
            }
        }
    }

    private void run(ServiceUnderTest service, List<Example> examples) throws Exception {
        StringBuilder script = new StringBuilder();
        for (Example example : examples) {
            script.append(example.commands()
                            .replace("http://127.0.0.1:8080", service.address().toString()))
                    .append("\necho '\n")
                    .append(MARK)
                    .append("'\n");
        }
        Path file = Files.writeString(folder.resolve("examples.sh"), script);
        ProcessBuilder shell = new ProcessBuilder("sh", "-eu", file.toString()).redirectErrorStream(true);
        shell.environment().put("CARAVAN_API_KEY", TestKeys.ADMIN);
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        String[] answers = output.split(MARK);
        assertTrue(examples.size() > 10, "only " + examples.size() + " examples");
        for (int i = 0; i < examples.size(); i++) {
            check(examples.get(i), answers[i].strip());
        }
    }

    private static void check(Example example, String answer) throws Exception {
        if (example.language().equals("text")) {
            assertEquals(example.expected().strip(), answer, example.commands());
        } else if (example.language().equals("json")) {
            List<JsonNode> expected = documents(example.expected());
            List<JsonNode> got = documents(answer);
            // What comes before the last answers was only needed to get there.
            int skipped = got.size() - expected.size();
            assertTrue(skipped >= 0, example.commands() + " answered " + answer);
            for (int i = 0; i < expected.size(); i++) {
                contains(expected.get(i), got.get(i + skipped), example.commands() + " answered " + answer);
            }
        }
    }

    private static List<JsonNode> documents(String text) throws Exception {
        try (MappingIterator<JsonNode> documents =
                Json.MAPPER.readerFor(JsonNode.class).readValues(text)) {
            return documents.readAll();
        }
    }

    /** Every field and element that is expected is there; … stands for anything. */
    private static void contains(JsonNode expected, JsonNode got, String what) {
        if (got == null || got.isMissingNode()) {
            fail("no " + expected + ": " + what);
        } else if (expected.isObject()) {
            expected.properties().forEach(field -> contains(field.getValue(), got.get(field.getKey()), what));
        } else if (expected.isArray()) {
            if (expected.isEmpty()) {
                assertTrue(got.isEmpty(), what);
            }
            for (int i = 0; i < expected.size(); i++) {
                contains(expected.get(i), got.get(i), what);
            }
        } else if (!expected.asText().equals("…")) {
            assertEquals(expected, got, what);
        }
    }
}
