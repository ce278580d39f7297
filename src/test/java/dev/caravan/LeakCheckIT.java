package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value that a policy masks in one place and forgets in another is found before the swap, and named by place only. */
class LeakCheckIT {
    private static final String SCHEMA = """
            CREATE TABLE customer (id int PRIMARY KEY, email text, name text, born date);
            INSERT INTO customer SELECT i, 'canary' || i || '@corp.example', 'Canary Nightingale ' || i, '1980-01-01' FROM generate_series(1, 2000) i;
            CREATE TABLE account (id int PRIMARY KEY, login text);
            CREATE TABLE note (id int PRIMARY KEY, body text, data jsonb, tags text[]);
            """;

    @TempDir
    static Path folder;

    private static TestDatabase source;
    private static TestDatabase target;
    private static ServiceUnderTest service;
    private static ServiceUnderTest lenient;

    @BeforeAll
    static void start() throws IOException {
        source = TestServers.source().createDatabase("leaking");
        source.run(SCHEMA);
        TestServer server = TestServers.target();
        target = server.createDatabase("leaking_old");
        target.run("CREATE TABLE old (id int)");
        Login reader = TestServers.source().createSourceReader("BYPASSRLS");
        source.grantReading(reader);
        System.setProperty("test.leak.key", "00112233445566778899aabbccddeefffedcba98765432100123456789abcdef");
        service = configuration(server, reader, "strict").start();
        lenient = configuration(server, reader, "lenient")
                .with("caravan.leakCheck.onHit", "warn")
                .start();
    }

    private static ServiceUnderTest.Configuration configuration(TestServer server, Login reader, String name)
            throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Path policy = own.resolve("masks.yaml");
        Files.writeString(policy, """
                policies:
                  default:
                    columns:
                      "*.*.id": {mask: keep, reason: surrogate key}
                      public.customer.email: email
                      public.customer.name: full-name
                      public.customer.born: {mask: date-truncate, to: year}
                      public.account.login: {mask: keep, reason: forgotten}
                      public.note.body: {mask: keep, reason: forgotten}
                      public.note.data: {mask: keep, reason: forgotten}
                      public.note.tags: {mask: keep, reason: forgotten}
                      public.part*.who: {mask: keep, reason: forgotten}
                      "*.*.part*": {mask: keep, reason: forgotten}
                """);
        Path afterLoad = own.resolve("after.sql");
        Files.writeString(afterLoad, "INSERT INTO public.note VALUES (99, 'canary40@corp.example');");
        Login writer = new Login(server.superuser(), server.password());
        return new ServiceUnderTest.Configuration(own)
                .source("from", source, reader)
                .target("to", server, target.name(), writer)
                .target("after", server, target.name(), writer)
                .with("caravan.connection.after.afterLoad", afterLoad.toString())
                .with("caravan.mask.key", "{{sys:test.leak.key}}")
                .with("caravan.mask.policyFile", policy.toString());
    }

    @AfterAll
    static void stop() {
        service.close();
        lenient.close();
        source.close();
        target.server().dropDatabase(target.name());
    }

    private static JsonNode copy(ServiceUnderTest with, String masks) {
        return with.copy("{\"source\": \"from\", \"target\": \"to\", \"mask\": true" + masks + "}");
    }

    private static JsonNode leaks(ServiceUnderTest with, JsonNode job) {
        return with.call("GET", "/api/v1/copy-jobs/" + job.get("id").asText() + "/report", null)
                .path("leaks");
    }

    /** With this in the source a copy must fail, and say where; without it, it must not. */
    private static void found(String make, String column, String where, String unmake) {
        source.run(make);
        try {
            JsonNode job = copy(service, "");
            assertEquals("FAILED", job.get("state").asText(), make);
            assertEquals("leak-found", job.at("/error/code").asText(), job::toString);
            assertFalse(job.toString().contains("canary"), job::toString);
            assertTrue(job.at("/error/detail").asText().contains(column + " in " + where), job::toString);
            JsonNode leaks = leaks(service, job);
            assertEquals(column, leaks.at("/hits/0/column").asText(), leaks::toString);
            assertEquals(
                    "old",
                    target.text("SELECT relname FROM pg_class WHERE relname = 'old'"),
                    "the old target is whole");
        } finally {
            source.run(unmake);
        }
    }

    @Test
    void aForgottenPlaceFailsTheJobBeforeTheSwap() {
        found(
                "INSERT INTO account VALUES (1, 'canary17@corp.example')",
                "public.customer.email",
                "public.account.login (1)",
                "TRUNCATE account");
        found(
                "INSERT INTO note VALUES (1, E'Call back:\\tcanary18@corp.example, please')",
                "public.customer.email",
                "public.note.body (1)",
                "TRUNCATE note");
        found(
                "INSERT INTO note VALUES (1, NULL, '{\"deep\": [{\"mail\": \"canary19@corp.example\"}]}')",
                "public.customer.email",
                "public.note.data (1)",
                "TRUNCATE note");
        found(
                "INSERT INTO note VALUES (1, NULL, NULL, ARRAY['x', 'canary20@corp.example'])",
                "public.customer.email",
                "public.note.tags (1)",
                "TRUNCATE note");
        found(
                "INSERT INTO note VALUES (1, 'spoke with Canary Nightingale 21 today')",
                "public.customer.name",
                "public.note.body (1)",
                "TRUNCATE note");
    }

    @Test
    void whatTheNewDatabasePutsTogetherIsSearchedInIt() {
        found(
                "CREATE TABLE halves (id int PRIMARY KEY, part_a text, part_b text, whole text GENERATED ALWAYS AS (part_a || '@' || part_b) STORED);"
                        + " INSERT INTO halves (id, part_a, part_b) VALUES (1, 'canary41', 'corp.example')",
                "public.customer.email",
                "public.halves.whole (1)",
                "DROP TABLE halves");
        found(
                "CREATE TABLE halves (id int PRIMARY KEY, part_a text, part_b text);"
                        + " INSERT INTO halves VALUES (1, 'canary42', 'corp.example');"
                        + " CREATE MATERIALIZED VIEW whole AS SELECT id, part_a || '@' || part_b AS mail FROM halves",
                "public.customer.email",
                "public.whole.mail (1)",
                "DROP TABLE halves CASCADE");
        found(
                "CREATE TABLE halves (id int PRIMARY KEY, part_a text, part_doc jsonb GENERATED ALWAYS AS (('\"first\\n' || part_a || '@corp.example\"')::jsonb) STORED);"
                        + " INSERT INTO halves (id, part_a) VALUES (1, 'canary45')",
                "public.customer.email",
                "public.halves.part_doc (1)",
                "DROP TABLE halves");
    }

    /** A composite type has no binary form that another server would know: its table travels as text. */
    @Test
    void aTableThatTravelsAsTextIsSearchedToo() {
        found(
                "CREATE TYPE pair AS (a text, b text); CREATE TABLE note_text (id int PRIMARY KEY, part pair);"
                        + " INSERT INTO note_text VALUES (1, ROW('x', 'canary44@corp.example'))",
                "public.customer.email",
                "public.note_text.part (1)",
                "DROP TABLE note_text; DROP TYPE pair");
        found(
                "CREATE TYPE pair AS (a text, b text); CREATE TABLE note_text (id int PRIMARY KEY, part pair, part_body text);"
                        + " INSERT INTO note_text VALUES (1, ROW('x', 'none'), 'canary43@corp.example')",
                "public.customer.email",
                "public.note_text.part_body (1)",
                "DROP TABLE note_text; DROP TYPE pair");
    }

    @Test
    void theCatalogsTextsAreSearched() {
        found(
                "COMMENT ON TABLE note IS 'asked for by canary22@corp.example'",
                "public.customer.email",
                "a comment",
                "COMMENT ON TABLE note IS NULL");
        found(
                "ALTER TABLE note ALTER body SET DEFAULT 'canary23@corp.example'",
                "public.customer.email",
                "a default of note.body",
                "ALTER TABLE note ALTER body DROP DEFAULT");
        found(
                "CREATE TYPE who AS ENUM ('nobody', 'canary24@corp.example')",
                "public.customer.email",
                "a label of the enum who",
                "DROP TYPE who");
        found(
                "CREATE VIEW one AS SELECT id FROM note WHERE body = 'canary25@corp.example'",
                "public.customer.email",
                "the view one",
                "DROP VIEW one");
        found(
                "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'canary26@corp.example' $$",
                "public.customer.email",
                "the function f",
                "DROP FUNCTION f()");
        found(
                "ALTER TABLE note ADD CONSTRAINT c CHECK (body <> 'canary27@corp.example')",
                "public.customer.email",
                "the constraint c",
                "ALTER TABLE note DROP CONSTRAINT c");
    }

    @Test
    void whatFunctionsSchemasAndPublicationsQuoteIsSearchedToo() {
        found(
                "CREATE FUNCTION g(x text DEFAULT 'canary51@corp.example') RETURNS text LANGUAGE sql AS 'SELECT x'",
                "public.customer.email",
                "the function g",
                "DROP FUNCTION g(text)");
        found(
                "CREATE AGGREGATE joined(text) (SFUNC = textcat, STYPE = text, INITCOND = 'canary52@corp.example')",
                "public.customer.email",
                "the aggregate public.joined",
                "DROP AGGREGATE joined(text)");
        found(
                "COMMENT ON SCHEMA public IS 'ask canary53@corp.example'",
                "public.customer.email",
                "a comment",
                "COMMENT ON SCHEMA public IS 'standard public schema'");
        if (TestServers.source().major() >= 14) {
            found(
                    "CREATE FUNCTION h() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT 'canary54@corp.example'; END",
                    "public.customer.email",
                    "the function h",
                    "DROP FUNCTION h()");
        }
        if (TestServers.source().major() >= 15) {
            found(
                    "CREATE PUBLICATION told FOR TABLE account WHERE (login <> 'canary55@corp.example')",
                    "public.customer.email",
                    "the publication told",
                    "DROP PUBLICATION told");
        }
    }

    @Test
    void whatConditionsAndBoundsQuoteIsSearchedToo() {
        found(
                "CREATE TABLE part (id int, who text) PARTITION BY LIST (who);"
                        + " CREATE TABLE part_one PARTITION OF part FOR VALUES IN ('canary31@corp.example')",
                "public.customer.email",
                "the bounds of part_one",
                "DROP TABLE part");
        found(
                "CREATE INDEX i ON note (id) WHERE body <> 'canary32@corp.example'",
                "public.customer.email",
                "the index public.i",
                "DROP INDEX i");
        if (TestServers.source().major() >= 14) {
            found(
                    "CREATE STATISTICS s ON (body = 'canary33@corp.example'), id FROM note",
                    "public.customer.email",
                    "the statistics s",
                    "DROP STATISTICS s");
        }
        found(
                "CREATE DOMAIN d AS text DEFAULT 'canary34@corp.example'",
                "public.customer.email",
                "the default of the domain d",
                "DROP DOMAIN d");
        found(
                "CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
                        + " CREATE TRIGGER g BEFORE INSERT ON note FOR EACH ROW WHEN (NEW.body = 'canary35@corp.example') EXECUTE FUNCTION t()",
                "public.customer.email",
                "the trigger g",
                "DROP FUNCTION t() CASCADE");
    }

    @Test
    void aCleanCopySaysWhatWasLookedFor() {
        source.run("INSERT INTO note VALUES (7, 'nothing of anybody', '{\"a\": 1}', '{x}')");
        try {
            JsonNode job = copy(lenient, "");
            assertEquals("SUCCEEDED", job.get("state").asText(), job::toString);
            JsonNode leaks = leaks(lenient, job);
            assertEquals(4000, leaks.get("values").asInt(), leaks::toString);
            assertEquals(2, leaks.get("columns").asInt());
            assertEquals(3, leaks.get("tables").asInt());
            assertEquals(2001, leaks.get("rows").asInt());
            assertEquals(0, leaks.get("hits").size());
            assertEquals(
                    "[\"public.customer.born: values of its type are not looked for\"]",
                    leaks.get("unchecked").toString());
        } finally {
            source.run("TRUNCATE note");
            // The other tests expect the old target.
            target.run("CREATE TABLE IF NOT EXISTS old (id int)");
        }
    }

    @Test
    void whatTheOperatorsSqlHasWrittenIsSearchedToo() {
        JsonNode job = service.copy("{\"source\": \"from\", \"target\": \"after\", \"mask\": true}");
        assertEquals("leak-found", job.at("/error/code").asText(), job::toString);
        assertTrue(
                job.at("/error/detail").asText().contains("public.customer.email in public.note.body (1)"),
                job::toString);
    }

    @Test
    void theOperatorMayWantAWarning() {
        source.run("INSERT INTO account VALUES (3, 'canary30@corp.example')");
        try {
            JsonNode job = copy(lenient, "");
            assertEquals("SUCCEEDED", job.get("state").asText(), job::toString);
            String report = lenient.call(
                            "GET", "/api/v1/copy-jobs/" + job.get("id").asText() + "/report", null)
                    .toString();
            assertTrue(report.contains("Source values of masked columns are in the new database"), report);
            assertFalse(report.contains("canary30"), report);
        } finally {
            source.run("TRUNCATE account");
            target.run("CREATE TABLE IF NOT EXISTS old (id int)");
        }
    }
}
