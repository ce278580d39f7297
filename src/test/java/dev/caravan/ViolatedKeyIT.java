package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources whose own rows violate keys that they hold for valid: 987654 is an id that nothing has. */
class ViolatedKeyIT {
    /** Rows are written as a replica writes them, whose keys nobody checks. */
    private static final String ROWS = """
            CREATE TABLE tenant (id int PRIMARY KEY);
            CREATE TABLE customer (id int PRIMARY KEY, tenant_id int REFERENCES tenant);
            CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customer);
            CREATE TABLE line (id int PRIMARY KEY, order_id int REFERENCES orders);
            CREATE TABLE note (id int PRIMARY KEY, line_id int NOT NULL REFERENCES line ON DELETE CASCADE);
            CREATE TABLE memo (id int PRIMARY KEY, order_id int REFERENCES orders ON DELETE SET NULL);
            CREATE TABLE employee (id int PRIMARY KEY, manager_id int REFERENCES employee);
            CREATE TABLE place (country text, town text, PRIMARY KEY (country, town));
            CREATE TABLE shop (id int PRIMARY KEY, country text, town text, CONSTRAINT shop_place FOREIGN KEY (country, town) REFERENCES place);
            CREATE TABLE depot (id int PRIMARY KEY, country text, town text,
              CONSTRAINT depot_place FOREIGN KEY (country, town) REFERENCES place MATCH FULL);
            CREATE TABLE untouched (id int PRIMARY KEY, tenant_id int NOT NULL REFERENCES tenant ON DELETE CASCADE);
            SET session_replication_role = replica;
            INSERT INTO tenant VALUES (1), (2);
            INSERT INTO customer VALUES (10, 1), (11, 2), (12, 987654);
            INSERT INTO orders VALUES (100, 10), (101, 11), (102, 12), (103, 987654), (104, NULL);
            INSERT INTO line SELECT i, i FROM generate_series(100, 104) i;
            INSERT INTO note SELECT i, i FROM generate_series(100, 104) i;
            INSERT INTO memo VALUES (1, 100), (2, 103), (3, NULL);
            INSERT INTO employee VALUES (1, NULL), (2, 1), (3, 987654), (4, 3), (5, 4), (6, 6);
            INSERT INTO place VALUES ('de', 'Bonn');
            INSERT INTO shop VALUES (1, 'de', 'Bonn'), (2, 'de', '987654'), (3, '987654', NULL), (4, NULL, NULL);
            INSERT INTO depot VALUES (1, 'de', 'Bonn'), (2, 'de', '987654'), (3, '987654', NULL), (4, NULL, NULL);
            INSERT INTO untouched VALUES (1, 1), (2, 2);
            """;

    private static final String PARTITIONED = """
            CREATE TABLE event (id int, at date, user_id int, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE event_old PARTITION OF event FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
            CREATE TABLE event_new PARTITION OF event FOR VALUES FROM ('2026-01-01') TO (MAXVALUE);
            CREATE TABLE person (id int PRIMARY KEY);
            CREATE TABLE detail (id int PRIMARY KEY, event_id int, at date, FOREIGN KEY (event_id, at) REFERENCES event);
            ALTER TABLE event ADD CONSTRAINT event_user FOREIGN KEY (user_id) REFERENCES person;
            SET session_replication_role = replica;
            INSERT INTO person VALUES (1);
            INSERT INTO event VALUES (1, '2025-05-05', 1), (2, '2025-05-05', 987654), (3, '2026-05-05', 987654), (4, '2026-05-05', 987654), (5, '2026-05-05', NULL);
            INSERT INTO detail VALUES (1, 1, '2025-05-05'), (2, 2, '2025-05-05'), (3, 987654, '2026-05-05'), (5, 5, '2026-05-05');
            """;

    @TempDir
    private static Path folder;

    private static Trials trials;
    private static Trial plain;
    private static Trial partitioned;

    @BeforeAll
    static void start() throws IOException {
        trials = new Trials(folder);
        plain = trials.add("violated", ROWS);
        partitioned = trials.add("violated_parts", PARTITIONED);
        Path policy = folder.resolve("masks.yaml");
        Files.writeString(policy, "policies: {default: {tenantKey: public.tenant.id, shared: [public.place]}}");
        trials.with("caravan.mask.policyFile", policy.toString());
        trials.start();
    }

    @AfterAll
    static void stop() {
        trials.close();
    }

    private static JsonNode report(Trial trial, String members) {
        JsonNode job = trials.service().copy(trial.request(members));
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        JsonNode report = trials.service().call("GET", job.at("/links/report").asText(), null);
        for (String said : new String[] {job.toString(), report.toString(), events(job)}) {
            assertFalse(said.contains("987654"), said);
        }
        return report;
    }

    private static String events(JsonNode job) {
        return trials.service()
                .call("GET", "/api/v1/copy-jobs/" + job.path("id").asText() + "/events", null)
                .toString();
    }

    /** Each violated key as table.key(columns) rows, those dropped with a minus. */
    private static String violated(JsonNode report) {
        TreeSet<String> keys = new TreeSet<>();
        for (JsonNode key : report.at("/foreignKeys/violated")) {
            keys.add(key.path("table").asText().replace("public.", "") + "."
                    + key.path("key").asText() + key.path("columns")
                    + (key.path("dropped").asBoolean() ? " -" : " ")
                    + key.path("rows").asLong());
        }
        return String.join("; ", keys);
    }

    private static String ids(TestDatabase database, String table) {
        return database.text("SELECT string_agg(id::text, ',' ORDER BY id) FROM " + table);
    }

    @Test
    void rowsThatViolateAKeyAreDroppedWithWhateverReferencesThem() {
        JsonNode report = report(plain, "\"onViolatedKey\":\"DROP\",\"verify\":\"CONTENT\"");
        TestDatabase copy = plain.target();
        assertEquals("10,11", ids(copy, "customer"));
        assertEquals("100,101,104", ids(copy, "orders"));
        assertEquals("100,101,104", ids(copy, "line"));
        assertEquals("100,101,104", ids(copy, "note"));
        // Emptied by the key's own action it would be a row that the source never had.
        assertEquals("1,3", ids(copy, "memo"));
        assertEquals("1,2,6", ids(copy, "employee"));
        assertEquals("1,3,4", ids(copy, "shop"));
        assertEquals("1,4", ids(copy, "depot"));
        assertEquals("1,2", ids(copy, "untouched"));
        assertEquals(
                "depot.depot_place[\"country\",\"town\"] -2; shop.shop_place[\"country\",\"town\"] -1",
                violated(report).replaceAll("(customer|employee|line|memo|note|orders)\\.[^;]*; ", ""));
        assertEquals(
                "customer.customer_tenant_id_fkey[\"tenant_id\"] -1; "
                        + "employee.employee_manager_id_fkey[\"manager_id\"] -3; line.line_order_id_fkey[\"order_id\"] -2; "
                        + "memo.memo_order_id_fkey[\"order_id\"] -1; note.note_line_id_fkey[\"line_id\"] -2; "
                        + "orders.orders_customer_id_fkey[\"customer_id\"] -2",
                violated(report).replaceAll("(depot|shop)\\.[^;]*; ", "").replaceAll("; shop.*", ""));
        assertEquals(
                plain.source().text(definitions()),
                copy.text(definitions()),
                "every key is there as the source has it");
    }

    private static String definitions() {
        return "SELECT string_agg(conrelid::regclass || conname || pg_get_constraintdef(oid) || convalidated, ' ' ORDER BY 1) FROM"
                + " (SELECT * FROM pg_constraint WHERE contype = 'f' ORDER BY conrelid::regclass::text, conname) k";
    }

    @Test
    void keysAreKeptNotValidByDefaultAndTheirRowsCounted() throws Exception {
        JsonNode report = report(plain, "\"verify\":\"CONTENT\"");
        assertEquals(
                "customer.customer_tenant_id_fkey[\"tenant_id\"] 1; depot.depot_place[\"country\",\"town\"] 2; "
                        + "employee.employee_manager_id_fkey[\"manager_id\"] 1; "
                        + "orders.orders_customer_id_fkey[\"customer_id\"] 1; shop.shop_place[\"country\",\"town\"] 1",
                violated(report));
        assertEquals("100,101,102,103,104", ids(plain.target(), "orders"));
        assertEquals("5", plain.target().text("SELECT count(*) FROM pg_constraint WHERE NOT convalidated"));
        assertEquals(5, report.at("/foreignKeys/notValid").asInt());
        assertTrue(
                report.path("warnings")
                        .toString()
                        .contains(
                                "1 row of public.orders violates the foreign key orders_customer_id_fkey (customer_id)"),
                report::toString);

        String path = "/api/v1/copy-jobs/" + report.path("jobId").asText() + "/report";
        String page = read(path, "text/html");
        assertTrue(
                page.contains(
                        "depot_place (country, town) of public.depot: 2 rows reference nothing; the key is NOT VALID"),
                page);
        String lines = read(path + "?part=keys", "text/csv");
        assertTrue(
                lines.startsWith("key,table,columns,rows,dropped")
                        && lines.contains("depot_place,public.depot,country town,2,false"),
                lines);
    }

    private static String read(String path, String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(trials.service().address() + path))
                .header("X-API-Key", TestKeys.ADMIN)
                .header("Accept", type)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void theJobFailsWhereItIsAskedToAndSaysHowManyRowsOfWhichKey() {
        JsonNode job = trials.service().copy(plain.request("\"onViolatedKey\":\"FAIL\""));
        JsonNode problem = job.path("error");
        assertEquals("key-violated", problem.path("code").asText(), job::toString);
        assertTrue(problem.path("rows").asLong() > 0 && problem.path("columns").size() > 0, problem::toString);
        assertTrue(problem.path("hint").asText().contains("DROP"), problem::toString);
        assertFalse((job + events(job)).contains("987654"), job::toString);
        trials.assertNothingLeft();
    }

    @Test
    void rowsOfPartitionsAreDroppedAndCountedWhereTheyStood() {
        JsonNode report = report(partitioned, "\"onViolatedKey\":\"DROP\"");
        assertEquals("1,5", ids(partitioned.target(), "event"));
        assertEquals("1,5", ids(partitioned.target(), "detail"));
        assertEquals(
                "detail.detail_event_id_at_fkey[\"event_id\",\"at\"] -2; event_new.event_user[\"user_id\"] -2;"
                        + " event_old.event_user[\"user_id\"] -1",
                violated(report));
        assertEquals("0", partitioned.target().text("SELECT count(*) FROM pg_constraint WHERE NOT convalidated"));

        JsonNode job = trials.service().copy(partitioned.request());
        if (TestServers.target().major() >= 18) {
            // Keys of partitioned tables can be NOT VALID there.
            assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
            assertNotEquals("1,5", ids(partitioned.target(), "event"));
            return;
        }
        // A copy replaces what the test before left; a failed one leaves it.
        assertEquals("key-violated", job.at("/error/code").asText(), job::toString);
        assertTrue(job.at("/error/hint").asText().contains("DROP"), job::toString);
        assertFalse((job + events(job)).contains("987654"), job::toString);
        assertEquals("1,5", ids(partitioned.target(), "event"));
    }

    @Test
    void rowsOfTheChosenTenantsAreDroppedToo() {
        JsonNode report = report(plain, "\"onlyTenants\":[1],\"onViolatedKey\":\"DROP\"");
        assertEquals("10", ids(plain.target(), "customer"));
        assertEquals("100", ids(plain.target(), "orders"));
        assertEquals("1", ids(plain.target(), "untouched"));
        assertEquals("", violated(report), "rows that reference nothing belong to nobody");
        assertEquals("0", plain.target().text("SELECT count(*) FROM pg_constraint WHERE NOT convalidated"));
    }
}
