package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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

/** What a policy can say, from the file to the rows of the target. */
class MaskPolicyIT {
    private static final String DATABASE =
            "policies_new_" + ProcessHandle.current().pid();

    @TempDir
    static Path folder;

    private static TestDatabase source;
    private static TestServer server;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws IOException {
        source = TestServers.source().createDatabase("policies");
        source.run("""
                CREATE SCHEMA reference;
                CREATE TABLE reference.unit (code text PRIMARY KEY, name text);
                CREATE TABLE person (id int PRIMARY KEY, first text, last text, mail text, country text NOT NULL, note text, paid bool, extra text);
                CREATE TABLE event (id int PRIMARY KEY, person_id int, what text);
                INSERT INTO reference.unit VALUES ('kg', 'kilogram');
                INSERT INTO person SELECT i, 'First' || i, 'Last' || i, 'm' || i || '@corp.example', CASE WHEN i % 2 = 0 THEN 'DE' ELSE 'US' END,
                  CASE WHEN i % 3 = 0 THEN NULL ELSE 'note ' || i END, i % 4 = 0, 'extra ' || i FROM generate_series(1, 60) i;
                INSERT INTO event SELECT i, i, 'visit ' || i FROM generate_series(1, 60) i;
                SELECT lo_from_bytea(0, 'a large object of somebody');
                """);
        Path policy = folder.resolve("masks.yaml");
        Files.writeString(policy, """
                policies:
                  rich: &rich
                    columns: &columns
                      public.person.id: integer-id
                      public.person.first: first-name
                      public.person.last: last-name
                      public.person.mail: {mask: template, template: "{first}.{last}@example.com"}
                      public.person.note:
                        - {when: {column: country, in: [DE]}, mask: fixed, value: gone}
                        - {when: {column: note, isNull: true}, mask: keep, reason: nothing there}
                        - {mask: token}
                      public.person.extra: {mask: fixed, value: filled, onNull: mask}
                      public.event.what: token
                      "*.*.country": {mask: keep, reason: a country names nobody}
                    types:
                      bool: {mask: keep, reason: says nothing about a person}
                      int4: {mask: keep, reason: numbers}
                    schemas:
                      reference: {mask: keep, reason: public list}
                    virtualKeys:
                      - {from: public.event.person_id, to: public.person.id}
                    largeObjects: skip
                  emptying:
                    onUndecided: null
                    largeObjects: keep
                    columns:
                      public.person.country: {mask: keep, reason: not null}
                      "*.*.id": {mask: keep, reason: key}
                      reference.unit.code: {mask: keep, reason: key}
                  general:
                    onUndecided: default-masker
                    largeObjects: keep
                    columns: {"*.*.id": {mask: keep, reason: key}, reference.unit.*: {mask: keep, reason: public list}}
                  silent:
                    columns: *columns
                    types: {bool: {mask: keep, reason: b}, int4: {mask: keep, reason: n}}
                    schemas: {reference: {mask: keep, reason: public list}}
                """);
        System.setProperty("test.policies.key", "00112233445566778899aabbccddeefffedcba98765432100123456789abcdef");
        server = TestServers.target();
        service = new ServiceUnderTest.Configuration(folder)
                .source(
                        "from",
                        source,
                        new Login(
                                TestServers.source().superuser(),
                                TestServers.source().password()))
                .target("to", server, DATABASE, new Login(server.superuser(), server.password()))
                .with("caravan.mask.key", "{{sys:test.policies.key}}")
                .with("caravan.mask.policyFile", policy.toString())
                .start();
    }

    @AfterAll
    static void stop() {
        service.close();
        source.close();
        server.dropDatabase(DATABASE);
    }

    private static JsonNode copy(String policy) {
        return service.copy(
                "{\"source\": \"from\", \"target\": \"to\", \"mask\": true, \"maskPolicy\": \"" + policy + "\"}");
    }

    private static String text(String query) {
        return new TestDatabase(server, DATABASE).text(query);
    }

    @Test
    void conditionsTemplatesTypesSchemasAndVirtualKeysReachTheRows() {
        JsonNode job = copy("rich");
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        assertEquals("60", text("SELECT count(*) FROM person WHERE mail = first || '.' || last || '@example.com'"));
        assertEquals("0", text("SELECT count(*) FROM person WHERE first LIKE 'First%' OR last LIKE 'Last%'"));
        assertEquals(
                "20",
                text("SELECT count(*) FROM person WHERE country = 'DE' AND note = 'gone'"),
                "NULL stays NULL without onNull");
        assertEquals(
                "20",
                text("SELECT count(*) FROM person WHERE country = 'US' AND note <> 'gone' AND note NOT LIKE 'note%'"));
        assertEquals("20", text("SELECT count(*) FROM person WHERE note IS NULL"));
        assertEquals("60", text("SELECT count(*) FROM person WHERE extra = 'filled'"));
        assertEquals("15", text("SELECT count(*) FROM person WHERE paid"));
        assertEquals("kilogram", text("SELECT name FROM reference.unit"));
        assertEquals("60", text("SELECT count(*) FROM event JOIN person ON person.id = person_id"));
        assertNotEquals("1830", text("SELECT sum(id) FROM person"), "the ids were permuted");
        assertEquals("0", text("SELECT count(*) FROM pg_largeobject_metadata"));
        JsonNode report =
                service.call("GET", "/api/v1/copy-jobs/" + job.path("id").asText() + "/report", null);
        assertEquals("1 large object(s)", report.at("/leftOut/0/object").asText(), report::toString);
    }

    @Test
    void undecidedColumnsCanBeEmptied() {
        JsonNode job = copy("emptying");
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        assertEquals(
                "60", text("SELECT count(*) FROM person WHERE num_nulls(first, last, mail, note, paid, extra) = 6"));
        assertEquals(
                "a large object of somebody",
                text("SELECT convert_from(lo_get(oid), 'UTF8') FROM pg_largeobject_metadata"));
    }

    @Test
    void undecidedColumnsCanGetAMaskerOfTheirType() {
        JsonNode job = copy("general");
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        assertEquals(
                "0",
                text(
                        "SELECT count(*) FROM person WHERE first LIKE 'First%' OR mail LIKE '%corp%' OR note LIKE 'note%' OR extra LIKE 'extra%'"));
        assertEquals("60", text("SELECT count(*) FROM person WHERE first IS NOT NULL AND country IS NOT NULL"));
    }

    @Test
    void largeObjectsNeedADecision() {
        JsonNode job = copy("silent");
        assertEquals("FAILED", job.path("state").asText(), job::toString);
        assertTrue(job.path("error").toString().contains("largeObjects"), job::toString);
    }

    /** A column that is added while the job runs cannot slip in: the catalog and the rows come from one snapshot, and the table is locked. */
    @Test
    void aColumnAddedLaterIsDecidedOnByTheNextJob() {
        source.execute("ALTER TABLE event ADD COLUMN friday text DEFAULT 'evening'");
        try {
            JsonNode job = copy("rich");
            assertEquals("undecided-columns", job.at("/error/code").asText(), job::toString);
        } finally {
            source.execute("ALTER TABLE event DROP COLUMN friday");
        }
    }
}
