package dev.caravan.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.job.TenantReport;
import dev.caravan.mask.TenantPolicy;
import dev.caravan.mask.VirtualKey;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import dev.caravan.schema.TablePattern;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proof of isolation on databases that were loaded well and badly. */
class TenantProofIT {
    /** All of it belongs to tenant 1, or to nobody. */
    private static final String LOADED = """
            CREATE TABLE tenant (id int PRIMARY KEY, parent_id int REFERENCES tenant (id));
            CREATE TABLE country (code text PRIMARY KEY, tenant_id int);
            CREATE TABLE customer (id int PRIMARY KEY, tenant_id int REFERENCES tenant (id));
            CREATE TABLE orders (id int, at date, customer_id int REFERENCES customer (id), PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE orders_1 PARTITION OF orders DEFAULT;
            CREATE TABLE line (order_id int, at date, nr int, PRIMARY KEY (order_id, at, nr), FOREIGN KEY (order_id, at) REFERENCES orders (id, at));
            CREATE TABLE message (id int PRIMARY KEY, reply_to int REFERENCES message (id), line_nr int, order_id int, at date,
              FOREIGN KEY (order_id, at) REFERENCES orders (id, at));
            CREATE TABLE event (id int, customer_id int);
            INSERT INTO tenant VALUES (1), (2);
            INSERT INTO customer VALUES (10, 1), (11, 1), (12, NULL);
            INSERT INTO orders VALUES (100, '2026-01-01', 10), (101, '2026-01-01', 12);
            INSERT INTO line VALUES (100, '2026-01-01', 1), (101, '2026-01-01', 1);
            INSERT INTO message VALUES (1, NULL, NULL, 100, '2026-01-01'), (2, 1, 0, NULL, NULL), (3, 2, 0, NULL, NULL), (4, NULL, 0, NULL, NULL);
            INSERT INTO country VALUES ('de', 7);
            INSERT INTO event VALUES (1, 10), (2, 99);
            CREATE SCHEMA caravan;
            CREATE TABLE caravan.part (id text);
            """;

    private TestDatabase database;
    private long known = 1;

    @BeforeEach
    void load() {
        database = TestServers.target().createDatabase("proof");
        database.run(LOADED + "DELETE FROM tenant WHERE id = 2;");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private TenantReport prove(Set<String> included) throws SQLException {
        TenantPolicy policy = new TenantPolicy(
                Optional.of(new TenantPolicy.Root(Optional.of("public"), "tenant", "id")),
                Optional.empty(),
                List.of(TablePattern.parse("public.country")),
                List.of(),
                Map.of(),
                List.of(),
                "masks.yaml:3");
        VirtualKey key = new VirtualKey(
                new TableName("public", "event"),
                List.of("customer_id"),
                new TableName("public", "customer"),
                List.of("id"),
                "masks.yaml:7");
        try (Connection session = database.connect()) {
            return TenantProof.prove(
                    session,
                    new TenantQuestion(
                            policy, List.of(key), (table, column) -> List.of("1"), (table, name) -> known, included));
        }
    }

    @Test
    void aReferenceThatLeadsNowhereIsFoundWhereTheSourceHasWhatItReferences() {
        known = 0;
        CaravanException found = assertThrows(CaravanException.class, () -> prove(Set.of()));
        assertEquals(ErrorCode.VERIFICATION_FAILED, found.code());
        assertTrue(
                found.getMessage()
                        .contains(
                                "virtual key masks.yaml:7 (customer_id) of public.event: 1, of which the source has 0"),
                found.getMessage());
    }

    private static TenantReport.TableRows of(TenantReport report, String table) {
        return report.tables().stream()
                .filter(it -> it.table().equals(new TableName("public", table)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWellLoadedDatabaseIsCounted() throws SQLException {
        TenantReport report = prove(Set.of());
        assertEquals(
                new TenantReport.TableRows(new TableName("public", "customer"), 3, 2, 1, 0, 0), of(report, "customer"));
        assertEquals(
                new TenantReport.TableRows(new TableName("public", "orders"), 2, 1, 1, 0, 0), of(report, "orders"));
        assertEquals(new TenantReport.TableRows(new TableName("public", "line"), 2, 1, 1, 0, 0), of(report, "line"));
        assertEquals(
                new TenantReport.TableRows(new TableName("public", "message"), 4, 3, 1, 0, 0), of(report, "message"));
        assertEquals(
                List.of(new TenantReport.KeyRows("virtual key masks.yaml:7", new TableName("public", "event"), 1)),
                report.keys());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO tenant VALUES (2)",
                "INSERT INTO tenant VALUES (2); INSERT INTO customer VALUES (20, 2)",
                "INSERT INTO tenant VALUES (2); INSERT INTO customer VALUES (20, 2); INSERT INTO orders VALUES (200, '2026-02-02', 20)",
                "INSERT INTO tenant VALUES (2); INSERT INTO customer VALUES (20, 2); INSERT INTO orders VALUES (200, '2026-02-02', 20);"
                        + " INSERT INTO line VALUES (200, '2026-02-02', 1)",
                "INSERT INTO tenant VALUES (2); INSERT INTO customer VALUES (20, 2); INSERT INTO orders VALUES (200, '2026-02-02', 20);"
                        + " INSERT INTO message VALUES (7, NULL, NULL, 200, '2026-02-02'), (8, 7, 0, NULL, NULL), (9, 8, 0, NULL, NULL)",
                "INSERT INTO tenant VALUES (2); INSERT INTO customer VALUES (20, 2); INSERT INTO event VALUES (5, 20)"
            })
    void aRowOfAnotherTenantIsFoundHoweverFarItIsFromTheRoot(String bad) {
        database.run(bad);
        CaravanException found = assertThrows(CaravanException.class, () -> prove(Set.of()));
        assertEquals(ErrorCode.TENANT_NOT_ISOLATED, found.code());
        // The row inserted last is the one that only the last table's own rule can tell.
        String last = bad.substring(bad.lastIndexOf("INTO ") + 5);
        String table = last.substring(0, last.indexOf(' '));
        assertTrue(found.getMessage().contains("public." + table + " ("), found.getMessage());
    }

    @Test
    void operatorsThatTheSourceDefinesDoNotDecideWhoseARowIs() throws SQLException {
        database.run("""
                CREATE EXTENSION citext;
                CREATE FUNCTION public.alike(varchar, varchar) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
                CREATE OPERATOR public.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = public.alike);
                ALTER TABLE customer DROP CONSTRAINT customer_tenant_id_fkey;
                ALTER TABLE customer ALTER tenant_id TYPE varchar(10);
                ALTER TABLE customer RENAME tenant_id TO organisation;
                INSERT INTO customer VALUES (20, '2');
                """);
        TenantPolicy policy = new TenantPolicy(
                Optional.empty(),
                Optional.of("organisation"),
                List.of(TablePattern.parse("public.tenant")),
                List.of(),
                Map.of(),
                List.of(),
                "masks.yaml:3");
        try (Connection session = database.connect()) {
            CaravanException found = assertThrows(
                    CaravanException.class,
                    () -> TenantProof.prove(
                            session,
                            new TenantQuestion(
                                    policy, List.of(), (table, column) -> List.of("1"), (table, name) -> 0, Set.of())));
            assertTrue(found.getMessage().contains("public.customer (1)"), found.getMessage());
        }
    }

    @Test
    void aSharedTableBelongsToNobody() throws SQLException {
        assertEquals(1, of(prove(Set.of()), "country").nobody());
    }

    @Test
    void onlyRowsOfThePartsThatIncludeThemAreExempt() throws SQLException {
        database.run("BEGIN; INSERT INTO tenant VALUES (2); INSERT INTO customer VALUES (20, 2);"
                + " INSERT INTO caravan.part VALUES ('part-7'); COMMIT");
        TenantReport report = prove(Set.of("part-7"));
        assertEquals(1, of(report, "customer").included());
        assertThrows(CaravanException.class, () -> prove(Set.of("part-8")));
        database.run("INSERT INTO customer VALUES (21, 2)");
        CaravanException found = assertThrows(CaravanException.class, () -> prove(Set.of("part-7")));
        assertTrue(found.getMessage().contains("public.customer (1)"), found.getMessage());
    }
}
