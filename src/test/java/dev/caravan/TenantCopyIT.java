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

/** Partial jobs through the API: which rows arrive, what is refused, and what the plan says of it. */
class TenantCopyIT {
    /** Tenant 1 and 2 are alike; tenant 3's order references a customer of tenant 2. */
    private static final String SOURCE = """
            CREATE TABLE tenant (id int PRIMARY KEY, name text, parent_id int REFERENCES tenant (id));
            CREATE TABLE country (code text PRIMARY KEY);
            CREATE TABLE category (id int PRIMARY KEY, parent_id int REFERENCES category (id));
            CREATE TABLE product (id int PRIMARY KEY, category_id int REFERENCES category (id));
            CREATE TABLE segment (id bigint PRIMARY KEY);
            CREATE TABLE customer (id int PRIMARY KEY, tenant_id int REFERENCES tenant (id), country text REFERENCES country (code),
              segment_id int REFERENCES segment (id));
            CREATE TABLE orders (id bigint, at date NOT NULL, tenant_id int NOT NULL REFERENCES tenant (id), customer_id int REFERENCES customer (id),
              PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE orders_old PARTITION OF orders FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
            CREATE TABLE orders_new PARTITION OF orders FOR VALUES FROM ('2026-01-01') TO (MAXVALUE);
            CREATE TABLE line (order_id bigint, at date, nr int, product_id int NOT NULL REFERENCES product (id), PRIMARY KEY (order_id, at, nr),
              FOREIGN KEY (order_id, at) REFERENCES orders (id, at));
            CREATE TABLE message (id int PRIMARY KEY, reply_to int REFERENCES message (id), customer_id int REFERENCES customer (id), line_nr int);
            CREATE TABLE setting (id int PRIMARY KEY, category_id int REFERENCES category (id));
            CREATE TABLE log (id int PRIMARY KEY);
            INSERT INTO tenant VALUES (1, 'one'), (2, 'two'), (3, 'three');
            INSERT INTO country VALUES ('de'), ('fi');
            INSERT INTO category VALUES (1, NULL), (2, 1), (3, 2), (4, NULL);
            INSERT INTO product SELECT i, 1 + i % 4 FROM generate_series(1, 40) i;
            INSERT INTO segment SELECT i FROM generate_series(0, 29) i;
            INSERT INTO customer SELECT i, CASE WHEN i % 10 = 0 THEN NULL ELSE 1 + i % 3 END, 'de', nullif(i % 20, 7) FROM generate_series(1, 90) i;
            INSERT INTO orders SELECT i, date '2025-06-01' + i, 1 + c.id % 3, c.id FROM generate_series(1, 400) i JOIN customer c ON c.id = 1 + i % 90 AND c.tenant_id IS NOT NULL;
            INSERT INTO orders VALUES (1000, '2026-02-02', 3, 1), (1001, '2026-02-02', 1, 10);
            INSERT INTO line SELECT id, at, 1, 1 + id % 7 FROM orders UNION ALL SELECT id, at, 2, 8 FROM orders WHERE tenant_id = 2;
            INSERT INTO message SELECT i, NULL, CASE WHEN i % 4 = 0 THEN 1 + i % 90 END FROM generate_series(1, 200) i;
            UPDATE message SET reply_to = id - 1 WHERE id % 4 <> 0 AND id > 1;
            INSERT INTO setting SELECT i, i FROM generate_series(1, 4) i;
            INSERT INTO log SELECT i FROM generate_series(1, 5) i;
            ANALYZE;
            """;

    private static final String POLICY = """
            policies:
              default:
                tenantKey: public.tenant.id
                shared: [public.country]
              following:
                tenantKey: public.tenant.id
                shared: [public.country]
                follow: [public.setting]
              silent:
                shared: [public.country]
            """;

    @TempDir
    private static Path folder;

    private static FromTo all;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws IOException {
        all = FromTo.start(folder, "tenants", SOURCE, POLICY, Map.of());
        all.target().run("CREATE TABLE old (id int)");
        service = all.service();
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    private static String query(String sql) {
        return all.target().text(sql);
    }

    private static JsonNode copy(String more) {
        return all.copy("\"mask\":false," + more);
    }

    private static void succeeded(JsonNode job) {
        assertEquals("SUCCEEDED", job.get("state").asText(), job::toString);
    }

    private static void sameRows(String table, String condition) {
        String key = table.equals("line") ? "order_id || '/' || nr" : table.equals("country") ? "code" : "id::text";
        String query = "SELECT coalesce(string_agg(k, ',' ORDER BY k), '') FROM (SELECT " + key + " AS k FROM " + table;
        assertEquals(all.source().text(query + " WHERE " + condition + ") rows"), query(query + ") rows"), table);
    }

    @Test
    void onlyTheChosenTenantsRowsArriveWithWhatTheyNeed() {
        succeeded(copy("\"onlyTenants\":[2]"));
        String belongs = "(SELECT id FROM customer WHERE tenant_id = 2)";
        sameRows("tenant", "id = 2");
        sameRows("country", "true");
        sameRows("customer", "tenant_id = 2");
        sameRows("segment", "id IN (SELECT segment_id FROM customer WHERE tenant_id = 2)");
        sameRows("orders", "tenant_id = 2");
        sameRows("line", "order_id IN (SELECT id FROM orders WHERE tenant_id = 2)");
        sameRows(
                "product",
                "id IN (SELECT product_id FROM line WHERE order_id IN (SELECT id FROM orders WHERE tenant_id = 2))");
        sameRows("category", "true");
        String messages = "WITH RECURSIVE m AS (SELECT id FROM message WHERE customer_id IN " + belongs
                + " UNION SELECT r.id FROM message r JOIN m ON r.reply_to = m.id) SELECT id FROM m";
        sameRows("message", "id IN (" + messages + ")");
        sameRows("setting", "false");
        sameRows("log", "false");
        assertEquals("0", query("SELECT count(*) FROM pg_constraint WHERE NOT convalidated"));
    }

    @Test
    void aReferenceIntoAnotherTenantStopsTheJobUnlessItIsIncludedOrEmptied() {
        JsonNode failed = copy("\"onlyTenants\":[3]");
        assertEquals("cross-tenant-reference", failed.at("/error/code").asText(), failed::toString);
        assertTrue(failed.at("/error/detail").asText().contains("1 row of public.customer"), failed::toString);

        succeeded(copy("\"onlyTenants\":[3],\"crossTenant\":\"include\""));
        sameRows("customer", "tenant_id = 3 OR id = 1");
        sameRows("tenant", "id IN (2, 3)");

        succeeded(copy("\"onlyTenants\":[3],\"crossTenant\":\"nullify\""));
        sameRows("customer", "tenant_id = 3");
        sameRows("tenant", "id = 3");
        sameRows("orders", "tenant_id = 3");
        assertEquals("1000", query("SELECT string_agg(id::text, ',') FROM orders WHERE customer_id IS NULL"));
    }

    @Test
    void aRowThatBelongsToNobodyComesWhenItIsReferenced() {
        succeeded(copy("\"onlyTenants\":[1]"));
        sameRows("customer", "tenant_id = 1 OR id = 10");
    }

    @Test
    void whatHangsOnReferencedRowsComesWhenItIsToFollow() {
        succeeded(copy("\"onlyTenants\":[2],\"maskPolicy\":\"following\""));
        sameRows("setting", "category_id IN (SELECT id FROM category)");
    }

    @Test
    void aTableMayBeLeftEmpty() {
        succeeded(copy("\"tables\":{\"schemaOnly\":[\"public.li*\",\"public.log\"]}"));
        sameRows("line", "false");
        sameRows("log", "false");
        sameRows("orders", "true");
        JsonNode failed = copy("\"tables\":{\"schemaOnly\":[\"public.customer\"]}");
        assertEquals("tenant-scope", failed.at("/error/code").asText(), failed::toString);
    }

    @Test
    void whatCannotBeChosenIsRefused() {
        assertEquals(
                "tenant-unknown",
                copy("\"onlyTenants\":[1, 77]").at("/error/code").asText());
        assertEquals(
                "tenant-scope",
                copy("\"onlyTenants\":[\"x\"]").at("/error/code").asText());
        JsonNode silent = copy("\"onlyTenants\":[1],\"maskPolicy\":\"silent\"");
        assertEquals("tenant-key-missing", silent.at("/error/code").asText(), silent::toString);
        assertTrue(silent.at("/error/hint").asText().contains("public.tenant.id"), silent::toString);
        JsonNode plan = service.call(
                "POST",
                "/api/v1/plans",
                "{\"source\":\"from\",\"target\":\"to\",\"mask\":false,\"onlyTenants\":[1],\"maskPolicy\":\"silent\"}");
        assertEquals("tenant-key-missing", plan.path("code").asText(), plan::toString);
        assertTrue(plan.path("hint").asText().contains("public.tenant.id"), plan::toString);
    }
}
