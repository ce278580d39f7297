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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Relations that a request leaves out: they are not made, nobody needs to be able to read them, and nothing that stays may need them. */
class TableChoiceIT {
    private static final String SOURCE = """
            CREATE SCHEMA audit;
            CREATE TABLE customer (id int PRIMARY KEY, name text);
            INSERT INTO customer SELECT i, 'customer ' || i FROM generate_series(1, 20) i;
            CREATE TABLE audit.entry (id serial, at date NOT NULL, customer int REFERENCES public.customer, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE audit.entry_2025 PARTITION OF audit.entry FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            CREATE TABLE audit.entry_2026 PARTITION OF audit.entry FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            CREATE INDEX ON audit.entry (customer);
            INSERT INTO audit.entry (at, customer) SELECT '2025-12-30'::date + i, i FROM generate_series(1, 20) i;
            CREATE TABLE "Odd ""one"" name" (id int GENERATED ALWAYS AS IDENTITY, secret text);
            COMMENT ON TABLE "Odd ""one"" name" IS 'odd';
            CREATE RULE r AS ON DELETE TO "Odd ""one"" name" DO INSTEAD NOTHING;
            CREATE VIEW audit.last AS SELECT max(at) FROM audit.entry;
            CREATE MATERIALIZED VIEW names AS SELECT name FROM customer;
            """;

    @TempDir
    Path folder;

    private TestDatabase source;
    private TestDatabase copy;
    private ServiceUnderTest service;

    @BeforeEach
    void start() throws IOException {
        TestServer server = TestServers.target();
        source = TestServers.source().createDatabase("table_choice");
        source.run(SOURCE);
        copy = new TestDatabase(server, "table_choice_copy");
        Login reader = TestServers.source().createLogin("table_choice_reader", "");
        source.execute("GRANT SELECT ON customer TO " + reader.role());
        Path policy = folder.resolve("masks.yaml");
        Files.writeString(policy, """
                policies:
                  other: {}
                  one:
                    columns:
                      public.customer.*: {mask: keep, reason: measured}
                      audit.entry.customer: {mask: keep, reason: of a table that is left out}
                    virtualKeys:
                      - {from: audit.entry.id, to: public.customer.id}
                """);
        System.setProperty("test.choice.key", "00112233445566778899aabbccddeefffedcba98765432100123456789abcdef");
        service = new ServiceUnderTest.Configuration(folder)
                .source("from", source, reader)
                .target("to", server, copy.name(), new Login(server.superuser(), server.password()))
                .with("caravan.mask.key", "{{sys:test.choice.key}}")
                .with("caravan.mask.policyFile", policy.toString())
                .start();
    }

    @AfterEach
    void stop() {
        service.close();
        source.close();
        copy.server().dropDatabase(copy.name());
    }

    private JsonNode copy(String mask, String tables) {
        return service.copy("{\"source\": \"from\", \"target\": \"to\", \"mask\": " + mask
                + (mask.equals("true") ? ", \"maskPolicy\": \"one\"" : "") + ", \"tables\": " + tables + "}");
    }

    @Test
    void whatIsExcludedIsNotMadeAndNeedNotBeReadable() {
        for (String mask : new String[] {"false", "true"}) {
            JsonNode job = copy(mask, "{\"exclude\": [\"audit.*\", \"public.Odd*\"]}");
            assertEquals("SUCCEEDED", job.get("state").asText(), job::toString);
            assertEquals(
                    "customer names",
                    copy.text(
                            "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                                    + " WHERE n.nspname IN ('public', 'audit') AND relkind <> 'i'"));
            assertEquals("20", copy.text("SELECT count(*) FROM names"));
            assertEquals("1", copy.text("SELECT count(*) FROM pg_namespace WHERE nspname = 'audit'"));
            String report = service.call("GET", job.at("/links/report").asText(), null)
                    .get("leftOut")
                    .toString();
            assertTrue(report.contains("audit.entry_2026") && report.contains("Odd"), report);
        }
    }

    @Test
    void noPolicyIsNeededToLeaveTablesEmpty() {
        source.execute("GRANT USAGE ON SCHEMA audit TO PUBLIC; GRANT SELECT ON ALL TABLES IN SCHEMA audit TO PUBLIC;"
                + " GRANT SELECT ON ALL SEQUENCES IN SCHEMA audit TO PUBLIC");
        JsonNode job = copy("false", "{\"exclude\": [\"public.Odd*\"], \"schemaOnly\": [\"audit.*\"]}");
        assertEquals("SUCCEEDED", job.get("state").asText(), job::toString);
        assertEquals(
                "0 20",
                copy.text("SELECT (SELECT count(*) FROM audit.entry) || ' ' || (SELECT count(*) FROM customer)"));

        JsonNode unknown = copy("false", "{\"schemaOnly\": [\"audit.nothing\"]}");
        assertEquals("FAILED", unknown.get("state").asText());
    }

    @Test
    void onePartitionMayBeLeftOut() {
        source.execute("GRANT USAGE ON SCHEMA audit TO PUBLIC; GRANT SELECT ON ALL TABLES IN SCHEMA audit TO PUBLIC;"
                + " GRANT SELECT ON ALL SEQUENCES IN SCHEMA audit TO PUBLIC");
        JsonNode job = copy("false", "{\"exclude\": [\"audit.entry_2025\", \"public.Odd*\"]}");
        assertEquals("SUCCEEDED", job.get("state").asText(), job::toString);
        assertEquals(
                source.text("SELECT count(*) FROM audit.entry_2026"), copy.text("SELECT count(*) FROM audit.entry"));
    }

    @Test
    void whatSomethingNeedsIsNotLeftOut() {
        JsonNode needed = copy("false", "{\"exclude\": [\"public.customer\", \"public.Odd*\"]}");
        assertEquals("table-choice", needed.at("/error/code").asText(), needed::toString);
        String detail = needed.at("/error/detail").asText();
        assertTrue(detail.contains("materialized view public.names"), detail);
        assertTrue(detail.contains("constraint entry_customer_fkey"), detail);
        assertFalse(copy.server().hasDatabase(copy.name()));

        JsonNode unknown = copy("false", "{\"exclude\": [\"audit.entrys\"]}");
        assertEquals("table-choice", unknown.at("/error/code").asText(), unknown::toString);
        assertTrue(unknown.at("/error/detail").asText().contains("audit.entrys"), unknown::toString);
    }
}
