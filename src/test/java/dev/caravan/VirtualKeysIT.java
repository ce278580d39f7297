package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** References that only the policy knows of, and that lead nowhere: on the source too, or in the new database alone. */
class VirtualKeysIT {
    /** 987654 is an id that nothing has; the second tenant's rows reference more of it than the first's. */
    private static final String ROWS = """
            CREATE TABLE tenant (id int PRIMARY KEY);
            CREATE TABLE product (id int, size int, PRIMARY KEY (id, size));
            CREATE TABLE orders (id int PRIMARY KEY, tenant_id int REFERENCES tenant, product int, size int) ;
            CREATE TABLE line (id int PRIMARY KEY, order_id int REFERENCES orders ON DELETE SET NULL);
            CREATE TABLE remark (id int PRIMARY KEY, line_id int);
            INSERT INTO tenant VALUES (1), (2);
            INSERT INTO product VALUES (1, 1), (2, 1);
            INSERT INTO orders VALUES (10, 1, 1, 1), (11, 1, 987654, 1), (12, 1, 987654, NULL), (20, 2, 987654, 1), (21, 2, 987654, 2), (22, 2, 2, 1);
            INSERT INTO line SELECT id, id FROM orders;
            INSERT INTO remark SELECT id, id FROM orders;
            """;

    /** A function that only pretends to be immutable breaks the references of one more row on the way. */
    private static final String BROKEN = ROWS + """
            CREATE FUNCTION public.lost(i int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
            BEGIN
              RETURN CASE WHEN pg_catalog.current_database() LIKE '%\\_caravan\\_%' THEN -i ELSE i END;
            END $$;
            ALTER TABLE orders ADD reference int GENERATED ALWAYS AS (public.lost(product)) STORED;
            """;

    private static final String DECLARED = BROKEN + """
            CREATE TABLE label (id int PRIMARY KEY, remark_id int GENERATED ALWAYS AS (public.lost(id)) STORED REFERENCES remark, tenant_id int REFERENCES tenant);
            INSERT INTO label (id, tenant_id) SELECT id, tenant_id FROM orders;
            """;

    private static final String EITHER = """
            CREATE TABLE tenant (id int PRIMARY KEY);
            CREATE TABLE post (id int PRIMARY KEY, tenant_id int REFERENCES tenant);
            CREATE TABLE photo (id int PRIMARY KEY, tenant_id int REFERENCES tenant);
            CREATE TABLE mark (id int PRIMARY KEY, subject_id int);
            INSERT INTO tenant VALUES (1), (2);
            INSERT INTO post VALUES (10, 1), (20, 2);
            INSERT INTO photo VALUES (11, 1), (21, 2);
            INSERT INTO mark SELECT id, id FROM post UNION ALL SELECT id, id FROM photo;
            """;

    private static final String POLICY = """
            policies:
              default:
                tenantKey: public.tenant.id
                virtualKeys:
                  - {from: [public.orders.product, public.orders.size], to: [public.product.id, public.product.size]}
                  - {from: public.remark.line_id, to: public.line.id}
              either:
                tenantKey: public.tenant.id
                virtualKeys:
                  - {from: public.mark.subject_id, to: public.post.id}
                  - {from: public.mark.subject_id, to: public.photo.id}
              generated:
                tenantKey: public.tenant.id
                virtualKeys:
                  - {from: [public.orders.reference, public.orders.size], to: [public.product.id, public.product.size]}
              conditions:
                where: {public.tenant: "id = 1"}
            """;

    @TempDir
    private static Path folder;

    private static Trials trials;
    private static Trial plain;
    private static Trial broken;
    private static Trial declared;
    private static Trial emptied;
    private static Trial either;

    @BeforeAll
    static void start() throws IOException {
        trials = new Trials(folder);
        plain = trials.add("virtual", ROWS);
        broken = trials.add("virtual_broken", BROKEN);
        declared = trials.add("virtual_declared", DECLARED);
        emptied = trials.add("virtual_emptied", ROWS);
        either = trials.add("virtual_either", EITHER);
        trials.afterLoad(emptied, "DELETE FROM public.product WHERE id = 1");
        Path policy = folder.resolve("masks.yaml");
        Files.writeString(policy, POLICY);
        trials.with("caravan.mask.policyFile", policy.toString());
        trials.start();
    }

    @AfterAll
    static void stop() {
        trials.close();
    }

    private static JsonNode report(String members) {
        JsonNode job = trials.service().copy(plain.request(members));
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        JsonNode report = trials.service().call("GET", job.at("/links/report").asText(), null);
        assertFalse((job + report.toString()).contains("987654"), report::toString);
        return report;
    }

    private static String ids(TestDatabase database, String table) {
        return database.text("SELECT string_agg(id::text, ',' ORDER BY id) FROM " + table);
    }

    @Test
    void rowsThatReferenceNothingOnTheSourceEitherStandAsTheyAreAndAreNamed() {
        JsonNode report = report("\"onlyTenants\":[1]");
        assertEquals("10,11,12", ids(plain.target(), "orders"));
        JsonNode key = report.at("/foreignKeys/violated/0");
        assertEquals("[\"product\",\"size\"]", key.path("columns").toString(), report::toString);
        assertEquals(1, key.path("rows").asLong(), report::toString);
        assertTrue(key.path("virtual").asBoolean() && !key.path("dropped").asBoolean(), report::toString);
        assertTrue(
                report.path("warnings")
                        .toString()
                        .contains(
                                "1 row of public.orders violates the virtual key masks.yaml:5 (product, size) on the source; "),
                report::toString);
    }

    @Test
    void theyAreDroppedWithWhateverReferencesThemOverKeysOfEitherKind() {
        JsonNode report = report("\"onlyTenants\":[1],\"onViolatedKey\":\"DROP\"");
        for (String table : new String[] {"orders", "line", "remark"}) {
            assertEquals("10,12", ids(plain.target(), table), table);
        }
        assertEquals(3, report.at("/foreignKeys/violated").size(), report::toString);
        assertEquals(
                "2", plain.target().text("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"));
    }

    @Test
    void theJobFailsWhereItIsAskedTo() {
        JsonNode job = trials.service().copy(plain.request("\"onlyTenants\":[1],\"onViolatedKey\":\"FAIL\""));
        assertEquals("key-violated", job.at("/error/code").asText(), job::toString);
        assertEquals(1, job.at("/error/rows").asLong(), job::toString);
        assertFalse(job.toString().contains("987654"), job::toString);
        trials.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT_VALID", "DROP", "FAIL"})
    void aReferenceThatIsLostOnTheWayFailsTheJobHoweverManyOthersAreLostOnTheSource(String onViolatedKey) {
        JsonNode problem = trials.fails(
                broken,
                "verification-failed",
                "\"onlyTenants\":[1],\"mask\":false,\"maskPolicy\":\"generated\",\"onViolatedKey\":\"" + onViolatedKey
                        + "\"");
        assertTrue(
                problem.path("detail")
                        .asText()
                        .contains("2 rows reference nothing by reference, size, in the source 1 of the same rows"),
                problem::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"onlyTenants\":[1]", "\"mask\":false,\"maskPolicy\":\"conditions\""})
    void aDeclaredKeyThatIsBrokenOnTheWayFailsACopyOfSomeRows(String rows) {
        JsonNode problem = trials.fails(declared, "verification-failed", rows);
        assertTrue(
                problem.path("detail")
                        .asText()
                        .contains(
                                "label_remark_id_fkey of public.label does not hold in the new database: 3 rows reference"),
                problem::toString);
    }

    @Test
    void aReferencedRowThatIsRemovedAfterTheLoadFailsTheProof() {
        JsonNode problem = trials.fails(emptied, "verification-failed", "\"onlyTenants\":[1]");
        assertTrue(
                problem.path("detail")
                        .asText()
                        .contains("(product, size) of public.orders: 2, of which the source has 1"),
                problem::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT_VALID", "DROP", "FAIL"})
    void rowsThatReferenceOneTableOrAnotherAreNotHeldAgainstEach(String onViolatedKey) {
        JsonNode job = trials.service()
                .copy(either.request("\"onlyTenants\":[1],\"mask\":false,\"maskPolicy\":\"either\",\"onViolatedKey\":\""
                        + onViolatedKey + "\""));
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        assertEquals("10,11", ids(either.target(), "mark"));
    }
}
