package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.OwnServer;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is a hot standby: a physical copy of the source's server that follows it. */
class HotStandbyIT {
    /** Messages answer each other, and belong to nobody but through a chain; attachments are referenced from two tables: no condition names either. */
    private static final String TENANTS = """
            CREATE TABLE tenant (id int PRIMARY KEY);
            CREATE TABLE attachment (id int PRIMARY KEY);
            CREATE TABLE customer (id int PRIMARY KEY, tenant_id int REFERENCES tenant, photo_id int REFERENCES attachment);
            CREATE TABLE message (id int PRIMARY KEY, reply_to int REFERENCES message, customer_id int REFERENCES customer, attachment_id int REFERENCES attachment);
            INSERT INTO tenant SELECT generate_series(1, 3);
            INSERT INTO attachment SELECT generate_series(1, 3000);
            INSERT INTO customer SELECT i, 1 + i % 3, i FROM generate_series(1, 30) i;
            INSERT INTO message SELECT i, CASE WHEN i > 30 THEN i - 30 END, CASE WHEN i <= 30 THEN i END, i FROM generate_series(1, 3000) i;
            """;

    private static Trials trials;
    private static Trial tenants;
    private static Trial logged;
    private static Trial unlogged;
    private static OwnServer standby;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws IOException {
        TestServer primary = TestServers.source();
        trials = new Trials(folder);
        String rows = "CREATE TABLE item (id serial PRIMARY KEY, word text);"
                + " INSERT INTO item (word) SELECT md5(i::text) FROM generate_series(1, 2000) i;"
                + " SELECT lo_from_bytea(0, 'content');";
        logged = trials.add("logged", rows);
        unlogged = trials.add("unlogged", rows + "CREATE UNLOGGED TABLE passing (id int)");
        tenants = trials.add("standby_tenants", TENANTS);
        Path policy = folder.resolve("masks.yaml");
        Files.writeString(policy, "policies: {default: {tenantKey: public.tenant.id}}");
        trials.with("caravan.mask.policyFile", policy.toString());
        standby = OwnServer.standbyOf(primary);
        for (Trial trial : new Trial[] {logged, unlogged, tenants}) {
            trials.with(
                    "caravan.connection.from-" + trial.name() + ".url",
                    standby.server().url(trial.source().name()));
        }
        trials.start();
    }

    @AfterAll
    static void stop() {
        if (trials != null) {
            trials.close();
        }
        if (standby != null) {
            standby.close();
        }
    }

    @Test
    void standbyIsCopied() {
        JsonNode job = trials.service().copy(logged.request("\"verify\":\"CONTENT\""));
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        assertEquals("2000", logged.target().text("SELECT count(*) FROM item"));
        assertEquals("2001", logged.target().text("SELECT nextval('item_id_seq')"));
        assertEquals("1", logged.target().text("SELECT count(*) FROM pg_largeobject_metadata"));
        trials.assertNothingLeft();
    }

    @Test
    void someTenantsAreCopiedWhereRowsMustBeLookedUpOneByOne() {
        JsonNode job = trials.service().copy(tenants.request("\"onlyTenants\":[2]"));
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        // Customers 1, 4, 7 … and the messages whose chain of answers begins with theirs.
        assertEquals("10", tenants.target().text("SELECT count(*) FROM customer WHERE id % 3 = 1"));
        assertEquals(
                "1000 1000",
                tenants.target().text("SELECT count(*) || ' ' || count(*) FILTER (WHERE id % 3 = 1) FROM message"));
        assertEquals(
                "1000 10",
                tenants.target().text("SELECT count(*) || ' ' || (SELECT count(*) FROM customer) FROM attachment"));
        trials.assertNothingLeft();
    }

    @Test
    void unloggedTableThatAStandbyCannotReadIsRefused() {
        JsonNode problem = trials.fails(unlogged, "unsupported-object");
        assertTrue(problem.path("detail").asText().contains("public.passing"), problem::toString);
    }
}
