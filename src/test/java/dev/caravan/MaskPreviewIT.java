package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.client.PreviewCommand;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a preview shows is what a masked copy writes, and nobody sees a value that nobody has decided on. */
class MaskPreviewIT {
    @TempDir
    static Path folder;

    private static TestDatabase source;
    private static TestDatabase target;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws IOException {
        source = TestServers.source().createDatabase("previewed");
        source.execute(
                "CREATE TABLE person (id int PRIMARY KEY, name text, email varchar(60), note text, born date)",
                "INSERT INTO person SELECT i, 'Name ' || i, 'p' || i || E'@corp.example', E'tab\\there\\nand \\\\ ' || i,"
                        + " date '1970-01-01' + i FROM generate_series(1, 50) i",
                "INSERT INTO person (id) VALUES (51)",
                "CREATE TABLE open (id int PRIMARY KEY, canary text)",
                "INSERT INTO open VALUES (1, 'undecided-canary')");
        Login reader = TestServers.source().createSourceReader("BYPASSRLS");
        source.grantReading(reader);
        TestServer server = TestServers.target();
        target = server.createDatabase("previewed_old");
        Path policy = folder.resolve("masks.yaml");
        Files.writeString(policy, """
                policies:
                  default:
                    columns:
                      public.person.id: {mask: keep, reason: surrogate key}
                      public.person.name: full-name
                      public.person.email: email
                      public.person.note: token
                      public.person.born: {mask: date-truncate, to: year}
                      public.open.id: {mask: keep, reason: surrogate key}
                """);
        System.setProperty("test.preview.key", "00112233445566778899aabbccddeefffedcba98765432100123456789abcdef");
        service = new ServiceUnderTest.Configuration(folder)
                .source("from", source, reader)
                .target("to", server, target.name(), new Login(server.superuser(), server.password()))
                .with("caravan.mask.key", "{{sys:test.preview.key}}")
                .with("caravan.mask.policyFile", policy.toString())
                .start();
    }

    @AfterAll
    static void stop() {
        service.close();
        source.close();
        target.server().dropDatabase(target.name());
    }

    @Test
    void whatIsShownIsWhatACopyWrites() {
        JsonNode preview = service.call(
                "POST", "/api/v1/mask-previews", "{\"source\": \"from\", \"table\": \"public.person\", \"rows\": 20}");
        assertEquals(20, preview.path("rows").size(), preview::toString);
        assertEquals("Name 1", preview.at("/rows/0/1/before").asText());
        assertEquals("tab\there\nand \\ 1", preview.at("/rows/0/3/before").asText());
        assertEquals("surrogate key", preview.at("/columns/0/reason").asText());
        JsonNode job = service.copy(
                "{\"source\": \"from\", \"target\": \"to\", \"mask\": true, \"masks\": {\"public.open\": {\"canary\": \"token\"}}}");
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        for (JsonNode row : preview.path("rows")) {
            assertEquals(
                    row.get(1).get("after").asText() + "|"
                            + row.get(2).get("after").asText() + "|"
                            + row.get(3).get("after").asText() + "|"
                            + row.get(4).get("after").asText(),
                    target.text("SELECT concat_ws('|', name, email, note, born) FROM person WHERE id = "
                            + row.get(0).get("before").asText()));
        }
    }

    @Test
    void aValueOnWhichNobodyDecidedIsNotShown() {
        JsonNode preview =
                service.call("POST", "/api/v1/mask-previews", "{\"source\": \"from\", \"table\": \"public.open\"}");
        assertFalse(preview.at("/columns/1").has("masker"), preview::toString);
        assertTrue(preview.at("/rows/0/1/before").isNull(), preview::toString);
        assertFalse(preview.toString().contains("undecided-canary"));
    }

    @Test
    void whatCannotBeShownIsAProblem() {
        assertEquals("not-found", code("{\"source\": \"from\", \"table\": \"public.nothing\"}"));
        assertEquals("validation", code("{\"source\": \"from\", \"table\": \"person\"}"));
        assertEquals("validation", code("{\"source\": \"from\", \"table\": \"public.person\", \"rows\": 21}"));
        assertEquals("unknown-connection", code("{\"source\": \"nowhere\", \"table\": \"public.person\"}"));
        assertEquals(
                "mask-refused",
                code(
                        "{\"source\": \"from\", \"table\": \"public.person\", \"masks\": {\"public.person\": {\"born\": \"email\"}}}"));
    }

    @Test
    void theTerminalShowsBothAndTheAuditWhoAsked() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Path key = folder.resolve("key");
        Files.writeString(key, TestKeys.ADMIN + "\n");
        int code = PreviewCommand.run(
                List.of(
                        "--source",
                        "from",
                        "--table",
                        "public.person",
                        "--rows",
                        "1",
                        "--server",
                        service.address().toString(),
                        "--key-file",
                        key.toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertEquals(0, code, err.toString(StandardCharsets.UTF_8));
        String shown = out.toString(StandardCharsets.UTF_8);
        assertTrue(shown.contains("Name 1 "), shown);
        assertTrue(shown.contains("kept: surrogate key"), shown);
        JsonNode event =
                service.call("GET", "/api/v1/audit-events?limit=1", null).at("/items/0");
        assertEquals("previewMasks", event.path("operation").asText(), event::toString);
        assertFalse(event.toString().contains("Name 1"));
    }

    private static String code(String request) {
        return service.call("POST", "/api/v1/mask-previews", request)
                .path("code")
                .asText();
    }
}
