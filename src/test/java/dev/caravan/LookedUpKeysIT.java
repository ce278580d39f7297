package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows that are taken because loaded rows reference them, as a rule looked up by the loaded rows' own keys: where these are more than a statement
 * holds, and where they were masked on their way and name no row of the source any more.
 */
class LookedUpKeysIT {
    /** Tenant 1 references every product but the last, tenant 2 the last and the first. */
    private static final String SOURCE = """
            CREATE TABLE tenant (id int PRIMARY KEY);
            CREATE TABLE product (id int PRIMARY KEY, title text);
            CREATE TABLE line (id int PRIMARY KEY, tenant_id int NOT NULL REFERENCES tenant (id), product_id int REFERENCES product (id));
            INSERT INTO tenant VALUES (1), (2);
            INSERT INTO product SELECT i, 'title ' || i FROM generate_series(1, 250002) i;
            INSERT INTO line SELECT i, 1, i FROM generate_series(1, 250001) i;
            INSERT INTO line VALUES (300001, 2, 250002), (300002, 2, 1), (300003, 2, NULL);
            CREATE INDEX ON line (tenant_id);
            ANALYZE;
            """;

    private static final String POLICY = """
            policies:
              default:
                tenantKey: tenant_id
                columns:
                  "*.*.*": {mask: keep, reason: no person}
              masked:
                tenantKey: tenant_id
                columns:
                  "*.tenant.*": {mask: keep, reason: no person}
                  public.product.title: {mask: keep, reason: no person}
                  public.line.id: {mask: keep, reason: no person}
                  public.line.tenant_id: {mask: keep, reason: no person}
                  public.product.id: integer-id
            """;

    @TempDir
    private static Path folder;

    private static FromTo all;

    @BeforeAll
    static void start() throws IOException {
        System.setProperty("test.looked-up.key", "0123456789abcdef0123456789abcdef");
        all = FromTo.start(folder, "keys", SOURCE, POLICY, Map.of("caravan.mask.key", "{{sys:test.looked-up.key}}"));
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    private static void copied(String more) {
        JsonNode job = all.copy(more);
        assertEquals("SUCCEEDED", job.get("state").asText(), job::toString);
        assertEquals(
                "0", all.target().text("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"));
    }

    private static String titles() {
        return all.target().text("SELECT count(*) || ' ' || coalesce(sum(substr(title, 7)::bigint), 0) FROM product");
    }

    @Test
    void asManyAsTheyAre() {
        copied("\"mask\":false,\"onlyTenants\":[1]");
        assertEquals("250001 " + 250_001L * 250_002 / 2, titles());
    }

    @Test
    void alsoWhenTheirKeysAreMasked() {
        copied("\"mask\":true,\"maskPolicy\":\"masked\",\"onlyTenants\":[2]");
        assertEquals("2 250003", titles());
        assertEquals(
                "2",
                all.target()
                        .text("SELECT count(*) FROM product p JOIN line l ON l.product_id = p.id"
                                + " WHERE p.id <> substr(p.title, 7)::int"));
    }
}
