package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report to keep: who, what, how, what was looked for; signed, so that a later change shows; and small groups that stop a job. */
class ReportIT {
    private static final String KEY = "a key of at least sixteen characters";
    private static final String COPY =
            "{\"source\": \"from\", \"target\": \"to\", \"mask\": true, \"maskPolicy\": \"%s\"}";

    @TempDir
    static Path folder;

    private static TestDatabase source;
    private static TestDatabase target;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws IOException {
        source = TestServers.source().createDatabase("reported");
        source.execute(
                "CREATE TABLE \"a<b>&c\" (id int PRIMARY KEY, name text, postcode text, born date)",
                "INSERT INTO \"a<b>&c\" SELECT i, 'canary-name-' || i, (10000 + i % 4)::text, date '1960-01-01' + i * 30 FROM generate_series(1, 200) i");
        Login reader = TestServers.source().createSourceReader("BYPASSRLS");
        source.grantReading(reader);
        TestServer server = TestServers.target();
        target = server.createDatabase("reported_old");
        Path policy = folder.resolve("masks.yaml");
        Files.writeString(policy, """
                policies:
                  measured: &measured
                    columns: &columns
                      'public."a<b>&c".id': {mask: keep, reason: surrogate key}
                      'public."a<b>&c".name': token
                      'public."a<b>&c".postcode': {mask: keep, reason: coarse}
                      'public."a<b>&c".born': {mask: date-truncate, to: decade}
                    quasiIdentifiers:
                      'public."a<b>&c"': {columns: [postcode, born]}
                  strict:
                    columns: *columns
                    quasiIdentifiers:
                      'public."a<b>&c"': {columns: [postcode, born], minimum: 30}
                  wrong:
                    columns: *columns
                    quasiIdentifiers:
                      'public."a<b>&c"': {columns: [nothing], minimum: 3}
                """);
        System.setProperty("test.report.mask", "00112233445566778899aabbccddeefffedcba98765432100123456789abcdef");
        System.setProperty("test.report.key", KEY);
        service = new ServiceUnderTest.Configuration(folder)
                .source("from", source, reader)
                .target("to", server, target.name(), new Login(server.superuser(), server.password()))
                .with("caravan.mask.key", "{{sys:test.report.mask}}")
                .with("caravan.report.key", "{{sys:test.report.key}}")
                .with("caravan.mask.policyFile", policy.toString())
                .start();
    }

    @AfterAll
    static void stop() {
        service.close();
        source.close();
        target.server().dropDatabase(target.name());
    }

    private static HttpResponse<String> report(String id, String accept, String query) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(service.address() + "/api/v1/copy-jobs/" + id + "/report" + query))
                .header("Accept", accept)
                .header("X-API-Key", TestKeys.VIEWER)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int verified(Path report, String key) throws IOException {
        Path file = folder.resolve("report.key");
        Files.writeString(file, key + "\n");
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return VerifyReportCommand.run(List.of(report.toString(), "--key-file", file.toString()), out, out);
    }

    @Test
    void theReportIsSignedAndALaterChangeShows() throws Exception {
        JsonNode job = service.copy(COPY.formatted("measured"));
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        String id = job.path("id").asText();

        JsonNode json = service.call("GET", "/api/v1/copy-jobs/" + id + "/report", null);
        assertEquals("admin", json.at("/order/by").asText(), json::toString);
        assertEquals("measured", json.at("/order/request/maskPolicy").asText());
        assertEquals(200, json.at("/anonymity/0/rows").asInt(), json::toString);
        assertEquals(
                target.text("SELECT min(n) FROM (SELECT count(*) n FROM \"a<b>&c\" GROUP BY postcode, born) g"),
                json.at("/anonymity/0/smallest").asText());

        Path kept = folder.resolve("kept.json");
        Files.writeString(kept, report(id, "application/json", "").body());
        assertEquals(0, verified(kept, KEY));
        assertEquals(1, verified(kept, "another key of at least sixteen"));
        Files.writeString(kept, Files.readString(kept).replace("\"token\"", "\"keep\""));
        assertEquals(1, verified(kept, KEY));

        HttpResponse<String> page = report(id, "text/html", "");
        assertEquals(
                "text/html; charset=utf-8",
                page.headers().firstValue("Content-Type").orElse(""));
        assertTrue(
                page.headers().firstValue("Content-Security-Policy").orElse("").contains("default-src 'none'"));
        assertTrue(page.body().contains("None was found."), page.body());
        assertTrue(page.body().contains("public.&quot;a&lt;b&gt;&amp;c&quot;.name"), page.body());
        assertTrue(page.body().contains("the report is as it was when the job ended"), page.body());
        assertFalse(page.body().contains("canary-name"));

        HttpResponse<String> columns = report(id, "text/csv", "?part=columns");
        assertTrue(
                columns.body().startsWith("table,column,masker,reason,origin,masked,unchanged,unreadable"),
                columns.body());
        assertTrue(columns.body().contains(",name,token,,masks.yaml:5,200,0,0"), columns.body());

        try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("caravan.db"));
                Statement statement = store.createStatement()) {
            statement.execute(
                    "UPDATE copy_job SET report = replace(report, '\"token\"', '\"keep\"') WHERE id = '" + id + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertTrue(report(id, "text/html", "").body().contains("The report was changed after the job ended."));
    }

    @Test
    void tooSmallGroupsStopTheJobBeforeTheSwap() {
        String before = target.text("SELECT oid FROM pg_database WHERE datname = current_database()");
        JsonNode job = service.copy(COPY.formatted("strict"));
        assertEquals("anonymity-too-small", job.at("/error/code").asText(), job::toString);
        assertTrue(job.at("/error/detail").asText().contains("postcode, born"), job::toString);
        JsonNode json =
                service.call("GET", "/api/v1/copy-jobs/" + job.path("id").asText() + "/report", null);
        assertTrue(json.at("/anonymity/0/rowsBelow").asInt() > 0, json::toString);
        assertEquals(before, target.text("SELECT oid FROM pg_database WHERE datname = current_database()"));
    }

    @Test
    void aQuasiIdentifierThatIsNotThereIsRefusedBeforeAnythingIsWritten() {
        JsonNode plan = service.call("POST", "/api/v1/plans", COPY.formatted("wrong"));
        assertEquals("mask-refused", plan.path("code").asText(), plan::toString);
        assertTrue(plan.toString().contains("masks.yaml:"), plan::toString);
    }
}
