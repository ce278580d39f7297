package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which values of the source are looked for: of the rows that a copy takes, where a rule masks them, spread over a large table. */
class ValueGatheringIT {
    private static final int MOST = 65_536;

    /** Of 300,000 visitors nobody's name is anybody's own, so that rows are read on until there are enough of them. */
    private static final String SOURCE = """
            CREATE TABLE tenant (id int PRIMARY KEY);
            CREATE TABLE account (id int PRIMARY KEY, tenant_id int NOT NULL REFERENCES tenant (id), kind text, email text, aliases text[]);
            CREATE TABLE ticket (id int PRIMARY KEY, tenant_id int NOT NULL REFERENCES tenant (id), assignee text);
            CREATE TABLE visitor (id int PRIMARY KEY, mail text, name text);
            CREATE TABLE reading (id int, day date, mail text) PARTITION BY RANGE (day);
            CREATE TABLE reading_old PARTITION OF reading FOR VALUES FROM ('2000-01-01') TO ('2020-01-01');
            CREATE TABLE reading_new PARTITION OF reading FOR VALUES FROM ('2020-01-01') TO ('2040-01-01');
            INSERT INTO tenant VALUES (1), (2);
            INSERT INTO account VALUES (1, 1, 'staff', 'canary1@corp.example', NULL), (2, 1, 'guest', 'canary2@corp.example', '{x,canary3@corp.example}'),
              (3, 2, 'guest', 'canary4@corp.example', NULL);
            INSERT INTO reading VALUES (1, '2010-05-05', 'canary5@corp.example'), (2, '2030-05-05', 'canary6@corp.example');
            INSERT INTO visitor SELECT i, 'visitor' || i || '@corp.example', 'Somebody' FROM generate_series(1, 300000) i;
            ANALYZE;
            """;

    private static final String POLICY = """
            policies:
              default:
                tenantKey: tenant_id
                shared: [public.visitor, "public.reading*"]
                columns:
                  "*.*.*": {mask: keep, reason: no person}
                  public.account.email:
                    - {when: {column: kind, in: [staff]}, mask: keep, reason: of the firm}
                    - email
                  public.account.aliases: email
                  public.visitor.mail: email
                  public.visitor.name: first-name
                  "public.reading*.mail": email
            """;

    @TempDir
    private static Path folder;

    private static FromTo all;

    @BeforeAll
    static void start() throws IOException {
        System.setProperty("test.gathering.key", "0123456789abcdef0123456789abcdef");
        all = FromTo.start(
                folder, "gathering", SOURCE, POLICY, Map.of("caravan.mask.key", "{{sys:test.gathering.key}}"));
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    private static JsonNode leaks(JsonNode job) {
        return all.service()
                .call("GET", "/api/v1/copy-jobs/" + job.get("id").asText() + "/report", null)
                .path("leaks");
    }

    private static void ticket(String assignee, int tenant, String more, String found) {
        all.source().run("INSERT INTO ticket VALUES (1, " + tenant + ", '" + assignee + "')");
        try {
            JsonNode job = all.copy("\"mask\":true" + more);
            if (found.isEmpty()) {
                assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
            } else {
                assertEquals("leak-found", job.path("error").path("code").asText(), job::toString);
                String detail = job.path("error").path("detail").asText();
                assertTrue(detail.contains(found), detail);
            }
        } finally {
            all.source().run("TRUNCATE ticket");
        }
    }

    @Test
    void aValueThatItsRuleKeepsMayStandElsewhere() {
        ticket("canary1@corp.example", 1, "", "");
        ticket("canary2@corp.example", 1, "", "public.account.email in public.ticket.assignee (1)");
        ticket("canary3@corp.example", 1, "", "public.account.aliases in public.ticket.assignee (1)");
    }

    @Test
    void ofSomeTenantsTheValuesOfTheirRowsAreLookedFor() {
        ticket("canary2@corp.example", 1, ",\"onlyTenants\":[1]", "public.account.email in public.ticket.assignee (1)");
        ticket("canary4@corp.example", 1, ",\"onlyTenants\":[1]", "");
        ticket("canary4@corp.example", 2, ",\"onlyTenants\":[2]", "public.account.email in public.ticket.assignee (1)");
    }

    @Test
    void ofAPartitionedTableTheValuesOfEachPartitionAre() {
        ticket("canary5@corp.example", 1, "", "public.reading_old.mail in public.ticket.assignee (1)");
        ticket("canary6@corp.example", 1, "", "public.reading_new.mail in public.ticket.assignee (1)");
    }

    @Test
    void ofALargeTableAsManyAsAreEnoughSpreadOverAllOfIt() {
        JsonNode job = all.copy("\"mask\":true");
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        int values = leaks(job).path("values").asInt();
        // Five more of the other tables: two of guests, one alias, two of readings.
        assertTrue(values > MOST / 2 && values <= MOST + 5, "values: " + values);
        assertEquals("[]", leaks(job).path("unchecked").toString());
        // Of the last rows, too, some are among those that are read.
        all.source()
                .run(
                        "INSERT INTO ticket SELECT i, 1, 'visitor' || i || '@corp.example' FROM generate_series(290000, 300000, 30) i");
        try {
            JsonNode found = all.copy("\"mask\":true");
            assertEquals("leak-found", found.path("error").path("code").asText(), found::toString);
        } finally {
            all.source().run("TRUNCATE ticket");
        }
    }
}
