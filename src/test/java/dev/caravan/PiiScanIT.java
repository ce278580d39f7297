package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.client.ScanCommand;
import dev.caravan.mask.Maskers;
import dev.caravan.mask.PolicyFile;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search finds what the policy forgot, shows no value, and proposes a policy with which the copy runs. */
class PiiScanIT {
    private static final String CANARY = "zyx-canary";

    @TempDir
    static Path folder;

    private static TestDatabase source;
    private static TestDatabase target;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws IOException {
        source = TestServers.source().createDatabase("scanned");
        source.execute(
                "CREATE EXTENSION IF NOT EXISTS hstore",
                "CREATE TABLE person (id int PRIMARY KEY, code varchar(8) UNIQUE, a1 text, a2 text NOT NULL, born date, decided text, kept text,"
                        + " doc jsonb, more hstore, tags text[], photo bytea, state text)",
                "INSERT INTO person SELECT i, 'C' || i, 'zyx-canary' || i || '@mail.example.com', (ARRAY['Anna','Peter','Julia','Thomas','Karin','Hans','Emma'])[1 + i % 7] || ' Schmidt', date '1970-01-01' + i, 'x' || i,"
                        + " 'zyx-canary' || i || '@mail.example.com',"
                        + " jsonb_build_object('plan', 'free', 'contacts', jsonb_build_array(jsonb_build_object('mail', 'zyx-canary' || i || '@example.org')),"
                        + "   'byMail', jsonb_build_object('zyx-canary' || i || '@example.net', i)),"
                        + " hstore('phone', '+49 30 23125' || (100 + i)), ARRAY['zyx-canary' || i || '@example.com'], '\\x00', 'open'"
                        + " FROM generate_series(1, 300) i",
                "CREATE TABLE visit (id int PRIMARY KEY, person_id int REFERENCES person, person_code varchar(8) REFERENCES person (code),"
                        + " at timestamptz, note text) PARTITION BY RANGE (id)",
                "CREATE TABLE visit_1 PARTITION OF visit FOR VALUES FROM (0) TO (100)",
                "CREATE TABLE visit_2 PARTITION OF visit FOR VALUES FROM (100) TO (1000)",
                "INSERT INTO visit SELECT i, i, 'C' || i, now(), 'Met Anna Schmidt ' || i || ' in the office, zyx-canary' || i || ' will call' FROM generate_series(1, 200) i");
        Login reader = TestServers.source().createSourceReader("BYPASSRLS");
        source.grantReading(reader);
        TestServer server = TestServers.target();
        target = server.createDatabase("scanned_old");
        Path policy = folder.resolve("masks.yaml");
        Files.writeString(policy, """
                # ours
                policies:
                  default:
                    columns:
                      public.person.decided: token   # decided long ago
                      public.person.kept: {mask: keep, reason: somebody erred}
                    types:
                      int4: {mask: keep, reason: numbers}
                """);
        System.setProperty("test.scan.key", "00112233445566778899aabbccddeefffedcba98765432100123456789abcdef");
        service = new ServiceUnderTest.Configuration(folder)
                .source("from", source, reader)
                .target("to", server, target.name(), new Login(server.superuser(), server.password()))
                .with("caravan.mask.key", "{{sys:test.scan.key}}")
                .with("caravan.mask.policyFile", policy.toString())
                .start();
    }

    @AfterAll
    static void stop() {
        service.close();
        source.close();
        target.server().dropDatabase(target.name());
    }

    private static JsonNode scan(String request) {
        JsonNode scan = service.callAs(TestKeys.OPERATOR, "POST", "/api/v1/pii-scans", request);
        assertEquals("QUEUED", scan.path("state").asText(), scan::toString);
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> service.call(
                                "GET", "/api/v1/pii-scans/" + scan.path("id").asText(), null),
                        it -> it.path("state").asText().matches("SUCCEEDED|FAILED"));
    }

    private static JsonNode finding(JsonNode scan, String place) {
        for (JsonNode one : scan.at("/report/findings")) {
            String path = one.path("path").isTextual() ? " " + one.path("path").asText() : "";
            if ((one.path("table").asText() + "." + one.path("column").asText() + path).equals(place)) {
                return one;
            }
        }
        throw new AssertionError("nothing was found in " + place + ": " + scan);
    }

    @Test
    void whatThePolicyForgotIsFoundAndNoValueIsShown() {
        JsonNode scan = scan("{\"source\": \"from\"}");
        assertEquals("SUCCEEDED", scan.path("state").asText(), scan::toString);
        assertEquals("email", finding(scan, "public.person.a1").path("kind").asText());
        assertEquals("full-name", finding(scan, "public.person.a2").path("kind").asText());
        assertEquals(
                "birth-date", finding(scan, "public.person.born").path("kind").asText());
        assertEquals(
                "email",
                finding(scan, "public.person.doc $.contacts[*].mail")
                        .path("kind")
                        .asText());
        assertEquals(
                "email",
                finding(scan, "public.person.doc $.byMail.*").path("kind").asText());
        assertEquals(
                "phone",
                finding(scan, "public.person.more $.phone").path("kind").asText());
        assertEquals("email", finding(scan, "public.person.tags").path("kind").asText());
        assertEquals("photo", finding(scan, "public.person.photo").path("kind").asText());
        assertEquals(
                "free-text", finding(scan, "public.visit.note").path("kind").asText());
        assertEquals(
                "keep", finding(scan, "public.person.kept").path("decision").asText());
        assertTrue(
                finding(scan, "public.person.kept").path("decidedIn").asText().contains("masks.yaml:6"));
        assertFalse(scan.toString().contains(CANARY), scan::toString);
        assertEquals(2, scan.at("/report/tables").asInt());
        assertTrue(scan.at("/report/unread").isEmpty(), scan::toString);
    }

    @Test
    void theProposedPolicyKeepsEveryLineAndTheCopyRunsWithIt() throws IOException {
        String policy = scan("{\"source\": \"from\"}").at("/report/policy").asText();
        for (String line : Files.readString(folder.resolve("masks.yaml")).split("\n")) {
            assertTrue(policy.contains(line + "\n"), () -> line + " is missing in\n" + policy);
        }
        List<String> faults = new ArrayList<>();
        PolicyFile.parse("proposed.yaml", policy, Maskers.load(), faults);
        assertEquals(List.of(), faults, policy);
        Path proposed = folder.resolve("proposed.yaml");
        Files.writeString(proposed, policy);
        Path second = Files.createDirectory(folder.resolve("second"));
        TestServer server = TestServers.target();
        Login reader = TestServers.source().createSourceReader("BYPASSRLS");
        source.grantReading(reader);
        try (ServiceUnderTest other = new ServiceUnderTest.Configuration(second)
                .source("from", source, reader)
                .target("to", server, target.name(), new Login(server.superuser(), server.password()))
                .with("caravan.mask.key", "{{sys:test.scan.key}}")
                .with("caravan.mask.policyFile", proposed.toString())
                .start()) {
            // One column is kept on purpose above, and its values are in others: the leak check would rightly stop the
            // job.
            JsonNode job = other.copy(
                    "{\"source\": \"from\", \"target\": \"to\", \"mask\": true, \"masks\": {\"public.person\": {\"kept\": \"email\"}}}");
            assertEquals("SUCCEEDED", job.path("state").asText(), () -> job + "\n" + policy);
            assertEquals("0", target.text("SELECT count(*) FROM person p WHERE p::text LIKE '%zyx-canary%'"));
            assertEquals("0", target.text("SELECT count(*) FROM visit v WHERE v::text LIKE '%zyx-canary%'"));
        }
    }

    @Test
    void onlySomeTablesAndLittleTime() {
        JsonNode some = scan("{\"source\": \"from\", \"tables\": [\"public.vis*\"], \"sampleRows\": 10}");
        assertEquals(1, some.at("/report/tables").asInt(), some::toString);
        assertEquals(20, some.at("/report/rows").asInt(), some::toString);
        JsonNode none = scan("{\"source\": \"from\", \"tables\": [\"nowhere.*\"]}");
        assertEquals("not-found", none.at("/error/code").asText(), none::toString);
    }

    @Test
    void whatCannotBeSearchedIsAProblem() {
        assertEquals("unknown-connection", code("{\"source\": \"nowhere\"}"));
        assertEquals("validation", code("{\"source\": \"from\", \"maskPolicy\": \"nobody\"}"));
        assertEquals("validation", code("{\"source\": \"from\", \"sampleRows\": 1}"));
        assertEquals("validation", code("{\"source\": \"from\", \"tables\": [\"person\"]}"));
        assertEquals(
                "forbidden",
                service.callAs(TestKeys.VIEWER, "POST", "/api/v1/pii-scans", "{\"source\": \"from\"}")
                        .path("code")
                        .asText());
        assertEquals(
                "not-found",
                service.call("GET", "/api/v1/pii-scans/019a3f0c-7c1e-7b0a-9a51-3f6f0c2d4e11", null)
                        .path("code")
                        .asText());
    }

    @Test
    void theTerminalShowsFindingsAndWritesThePolicy() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Path key = folder.resolve("key");
        Files.writeString(key, TestKeys.OPERATOR + "\n");
        Path written = folder.resolve("written.yaml");
        List<String> args = List.of(
                "--source",
                "from",
                "--strict",
                "--policy-out",
                written.toString(),
                "--server",
                service.address().toString(),
                "--key-file",
                key.toString());
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertEquals(1, ScanCommand.run(args, stream, stream));
        String shown = out.toString(StandardCharsets.UTF_8);
        assertTrue(shown.contains("a1  email 95 %  undecided, proposed: email"), shown);
        assertTrue(shown.contains("kept as it is"), shown);
        assertFalse(shown.contains(CANARY), shown);
        assertTrue(Files.readString(written).contains("public.person.a1: email"));
        assertEquals(2, ScanCommand.run(args, stream, stream), "a file that is there is not overwritten");
    }

    private static String code(String request) {
        return service.call("POST", "/api/v1/pii-scans", request).path("code").asText();
    }
}
