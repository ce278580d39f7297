package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.client.WhyCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a copy of some tenants would have a row, or would not. */
class RowExplanationIT {
    private static final String SOURCE = """
            CREATE TABLE tenant (id int PRIMARY KEY);
            CREATE TABLE category (id int PRIMARY KEY, parent_id int REFERENCES category);
            CREATE TABLE setting (id int PRIMARY KEY, category_id int REFERENCES category);
            CREATE TABLE product (id int PRIMARY KEY, category_id int REFERENCES category);
            CREATE TABLE customer (mail text PRIMARY KEY, tenant_id int REFERENCES tenant);
            CREATE TABLE orders (id int, at date, customer text REFERENCES customer, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE orders_all PARTITION OF orders DEFAULT;
            CREATE TABLE line (id int PRIMARY KEY, order_id int, at date, product_id int REFERENCES product, FOREIGN KEY (order_id, at) REFERENCES orders);
            CREATE TABLE reply (id int PRIMARY KEY, to_id int REFERENCES reply, line_id int REFERENCES line);
            CREATE TABLE log (id int);
            INSERT INTO tenant VALUES (1), (2);
            INSERT INTO category VALUES (1, NULL), (2, 1), (3, NULL);
            INSERT INTO setting VALUES (1, 1), (2, 3);
            INSERT INTO product VALUES (10, 2), (11, 3), (12, 3);
            INSERT INTO customer VALUES ('canary-anna', 1), ('canary-bert', 2), ('canary-nobody', NULL);
            INSERT INTO orders VALUES (100, '2026-01-01', 'canary-anna'), (200, '2026-01-01', 'canary-bert'), (300, '2020-01-01', 'canary-anna');
            INSERT INTO line VALUES (1, 100, '2026-01-01', 10), (2, 200, '2026-01-01', 11), (3, 300, '2020-01-01', 12);
            INSERT INTO reply VALUES (1, NULL, 1), (2, 1, NULL), (3, 2, NULL), (4, 4, NULL);
            INSERT INTO log VALUES (1), (1);
            """;

    private static final String POLICY = """
            policies:
              default: {tenantKey: public.tenant.id, follow: [public.setting]}
              recent:
                tenantKey: public.tenant.id
                where: {public.orders: "at > '2025-01-01'"}
            """;

    @TempDir
    private static Path folder;

    private static FromTo all;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws IOException {
        all = FromTo.start(folder, "why", SOURCE, POLICY, Map.of());
        service = all.service();
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    private static JsonNode ask(String table, String key, String more) {
        return service.call(
                "POST",
                "/api/v1/row-explanations",
                "{\"source\":\"from\",\"table\":\"public." + table + "\",\"key\":" + key + more + "}");
    }

    private static String why(String table, String key) {
        return words(ask(table, key, ",\"onlyTenants\":[1]"));
    }

    private static String words(JsonNode answer) {
        List<String> steps = new ArrayList<>();
        for (JsonNode step : answer.path("steps")) {
            List<String> values = new ArrayList<>();
            step.path("key").forEach(value -> values.add(value.asText()));
            values.sort(null);
            steps.add(step.path("table").asText().replace("public.", "") + values + " "
                    + step.path("words").asText().replace("public.", ""));
        }
        return (answer.path("taken").asBoolean() ? "yes" : "no") + ": " + String.join("; ", steps);
    }

    @Test
    void aRowThatBelongsIsFollowedUpToItsTenant() {
        assertEquals(
                "yes: line[1] belongs through order_id → orders.id and at → orders.at; orders_all[100, 2026-01-01] belongs through customer → customer.mail;"
                        + " customer[canary-anna] tenant_id tells that it is a chosen tenant's",
                why("line", "{\"id\":1}"));
        assertEquals("yes: tenant[1] id tells that it is a chosen tenant's", why("tenant", "{\"id\":\"1\"}"));
        assertEquals(
                "yes: reply[3] belongs through to_id → reply.id; reply[2] belongs through to_id → reply.id;"
                        + " reply[1] belongs through line_id → line.id; line[1] belongs through order_id → orders.id and at → orders.at;"
                        + " orders_all[100, 2026-01-01] belongs through customer → customer.mail; customer[canary-anna] tenant_id tells that it is a chosen tenant's",
                why("reply", "{\"id\":3}"));
    }

    @Test
    void aRowThatIsNeededIsFollowedDownToTheOneThatNeedsItFirst() {
        assertEquals(
                "yes: category[1] is referenced over category_parent_id_fkey (parent_id); category[2] is referenced over product_category_id_fkey (category_id);"
                        + " product[10] is referenced over line_product_id_fkey (product_id); line[1] belongs through order_id → orders.id and at → orders.at;"
                        + " orders_all[100, 2026-01-01] belongs through customer → customer.mail; customer[canary-anna] tenant_id tells that it is a chosen tenant's",
                why("category", "{\"id\":1}"));
        String follows = why("setting", "{\"id\":1}");
        assertTrue(
                follows.startsWith("yes: setting[1] follows over category_id → category.id; category[1] is referenced"),
                follows);
    }

    @Test
    void aRowThatStaysAwayIsSaidToBelongToOthersOrNobodyOrToBeLeftOut() {
        JsonNode others = ask("line", "{\"id\":2}", ",\"onlyTenants\":[1]");
        assertEquals(
                "no: line[2] belongs through order_id → orders.id and at → orders.at; orders_all[200, 2026-01-01] belongs through customer → customer.mail;"
                        + " customer[canary-bert] tenant_id tells that a tenant who is not chosen owns it",
                words(others));
        assertTrue(
                others.path("reason").asText().startsWith("It belongs to tenants that are not chosen"),
                others::toString);
        assertTrue(ask("reply", "{\"id\":4}", ",\"onlyTenants\":[1]")
                .path("reason")
                .asText()
                .startsWith("It belongs to nobody"));
        assertTrue(ask("product", "{\"id\":11}", ",\"onlyTenants\":[1]")
                .path("reason")
                .asText()
                .startsWith("No row that is taken references it"));
        assertTrue(ask("orders", "{\"id\":300}", ",\"onlyTenants\":[1],\"maskPolicy\":\"recent\"")
                .path("reason")
                .asText()
                .startsWith("A condition of the policy leaves it out"));
        JsonNode log = ask("log", "{\"id\":1}", ",\"onlyTenants\":[1]");
        assertEquals("validation", log.path("code").asText(), log::toString);
    }

    @Test
    void whatConditionsLeaveOfAllTenantsIsExplainedToo() {
        String more = ",\"maskPolicy\":\"recent\"";
        assertEquals(
                "yes: line[2] belongs through order_id → orders.id and at → orders.at; orders_all[200, 2026-01-01] meets the policy's condition",
                words(ask("line", "{\"id\":2}", more)));
        assertEquals("yes: reply[4] hangs on no row that is left out", words(ask("reply", "{\"id\":4}", more)));
        assertEquals("no: ", words(ask("line", "{\"id\":3}", more)));
        assertEquals("yes: tenant[2] every tenant is copied", words(ask("tenant", "{\"id\":2}", more)));
    }

    @Test
    void noKeyIsKeptOrRepeatedAndOnlyThoseMayAskWhoMaySeeRows() {
        for (String key : List.of(
                "{\"mail\":\"canary-unknown\"}",
                "{\"tenant_id\":\"canary-number\"}",
                "{\"nothing\":\"canary-column\"}")) {
            String problem = ask("customer", key, ",\"onlyTenants\":[1]").toString();
            assertTrue(
                    problem.contains("\"code\":\"not-found\"") || problem.contains("\"code\":\"validation\""), problem);
            assertFalse(problem.contains("canary"), problem);
        }
        assertTrue(why("customer", "{\"mail\":\"canary-anna\"}").startsWith("yes"));
        String audit =
                service.call("GET", "/api/v1/audit-events?limit=20", null).toString();
        assertTrue(audit.contains("explainRow"), audit);
        assertFalse(audit.contains("canary"), audit);
        assertEquals(
                "forbidden",
                service.callAs(
                                TestKeys.OPERATOR,
                                "POST",
                                "/api/v1/row-explanations",
                                "{\"source\":\"from\",\"table\":\"public.tenant\",\"key\":{\"id\":1}}")
                        .path("code")
                        .asText());
    }

    @Test
    void theTerminalTellsTheWay() throws IOException {
        Path key = folder.resolve("key");
        Files.writeString(key, TestKeys.ADMIN + "\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = WhyCommand.run(
                List.of(
                        "--source",
                        "from",
                        "--only-tenants",
                        "1",
                        "--table",
                        "public.line",
                        "--key",
                        "-",
                        "--server",
                        service.address().toString(),
                        "--key-file",
                        key.toString()),
                new ByteArrayInputStream("{\"id\": 1}".getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertEquals(0, code, err.toString(StandardCharsets.UTF_8));
        String told = out.toString(StandardCharsets.UTF_8);
        assertTrue(
                told.startsWith("Taken. It belongs to a chosen tenant.\n  public.line (id 1) belongs through order_id"),
                told);
    }
}
