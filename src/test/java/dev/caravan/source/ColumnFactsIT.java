package dev.caravan.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.mask.ValueKind;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.CheckConstraint;
import dev.caravan.schema.Column;
import dev.caravan.schema.Index;
import dev.caravan.schema.Partitioning;
import dev.caravan.schema.TableName;
import dev.caravan.schema.ValueStatistics;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an ordinary role that may SELECT finds out about columns. */
class ColumnFactsIT {
    private static TestDatabase database;
    private static Catalog catalog;

    @BeforeAll
    static void readAsAnOrdinaryRole() throws SQLException {
        Login reader = TestServers.source().createLogin("facts_reader", "");
        database = TestServers.source().createDatabase("column_facts");
        database.execute(
                "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')",
                "CREATE DOMAIN short AS varchar(12) NOT NULL CHECK (VALUE <> '')",
                "CREATE DOMAIN shorter AS short CHECK (length(VALUE) <= 8)",
                "CREATE SEQUENCE counter",
                "CREATE EXTENSION caravan_fixture",
                """
                CREATE TABLE person (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, serial serial,
                  counted bigint DEFAULT nextval('counter'), name varchar(40), code char(5), nick shorter, tags varchar(7)[],
                  price numeric(10,2), free numeric, feeling mood, feelings mood[], email text, gone date,
                  first text, last text, both_names text GENERATED ALWAYS AS (first || last) STORED,
                  CONSTRAINT old_enough CHECK (id > 0 AND price >= 0), CONSTRAINT plain_email UNIQUE (email) INCLUDE (first))""",
                "CREATE UNIQUE INDEX by_lower ON person (lower(name), serial)",
                "CREATE UNIQUE INDEX by_code ON person (code) INCLUDE (last) WHERE gone IS NULL",
                "CREATE INDEX by_price ON person (price)",
                "CREATE STATISTICS common (mcv) ON first, last FROM person",
                "CREATE STATISTICS counts (ndistinct) ON first, email FROM person",
                "CREATE TABLE booking (room int, during int4range, EXCLUDE USING gist (during WITH &&))",
                "CREATE TABLE event (at date, kind text, place text, id int) PARTITION BY RANGE (at, lower(kind))",
                "CREATE TABLE event_old PARTITION OF event DEFAULT",
                "CREATE TABLE hashed (id int) PARTITION BY HASH (id)",
                "CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
                "CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 4, REMAINDER 1)",
                "CREATE TABLE listed (kind text) PARTITION BY LIST (kind)",
                "CREATE TABLE listed_in PARTITION OF listed FOR VALUES IN ('in') PARTITION BY HASH (kind)",
                "CREATE TABLE listed_in_all PARTITION OF listed_in FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
                "CREATE TABLE childless (id int) PARTITION BY RANGE (id)");
        database.grantReading(reader);
        try (Connection session = database.connect(reader);
                Statement statement = session.createStatement()) {
            statement.execute("SET search_path = ''");
            catalog = CatalogReader.read(session);
        }
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    private static Column column(String table, String name) {
        return catalog.tables().stream()
                .filter(one -> one.name().name().equals(table))
                .flatMap(one -> one.columns().stream())
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Index.Demands demands(String index) {
        return catalog.indexes().stream()
                .filter(one -> one.name().name().equals(index))
                .findFirst()
                .orElseThrow()
                .demands();
    }

    private static OptionalInt maxLength(String column) {
        return column("person", column).facts().maxLength();
    }

    @Test
    void lengthsCountThroughDomainsAndArrays() {
        assertEquals(OptionalInt.of(40), maxLength("name"));
        assertEquals(OptionalInt.of(5), maxLength("code"));
        assertEquals(OptionalInt.of(12), maxLength("nick"));
        assertEquals(OptionalInt.of(7), maxLength("tags"));
        assertEquals(OptionalInt.empty(), maxLength("email"));
    }

    @Test
    void numericsTellTheirDigits() {
        assertEquals(OptionalInt.of(10), column("person", "price").facts().precision());
        assertEquals(OptionalInt.of(2), column("person", "price").facts().scale());
        assertEquals(OptionalInt.empty(), column("person", "free").facts().precision());
    }

    @Test
    void domainsTellTheirRules() {
        Column nick = column("person", "nick");
        assertFalse(nick.notNull());
        assertTrue(nick.refusesNull());
        assertFalse(column("person", "email").refusesNull());
        assertEquals(1, nick.type().rules().checks().size());
        assertTrue(nick.type().rules().checks().get(0).contains("length"));
        assertEquals(1, nick.type().parts().get(0).rules().checks().size());
    }

    @Test
    void enumsTellTheirLabelsInOrder() {
        List<String> labels = List.of("sad", "ok", "happy");
        assertEquals(labels, column("person", "feeling").type().rules().labels());
        assertEquals(
                labels,
                ValueKind.elementary(column("person", "feelings").type())
                        .rules()
                        .labels());
    }

    @Test
    void sequencesAreFoundByIdentityOwnershipAndDefault() {
        assertEquals(
                List.of(new TableName("public", "person_id_seq")),
                column("person", "id").facts().sequences());
        assertTrue(column("person", "id").facts().identity());
        assertEquals(
                List.of(new TableName("public", "person_serial_seq")),
                column("person", "serial").facts().sequences());
        assertFalse(column("person", "serial").facts().identity());
        assertEquals(
                List.of(new TableName("public", "counter")),
                column("person", "counted").facts().sequences());
        assertEquals(List.of(), column("person", "price").facts().sequences());
    }

    @Test
    void partitionKeysAreFoundInsideExpressions() {
        assertTrue(column("event", "at").facts().partitionKey());
        assertTrue(column("event", "kind").facts().partitionKey());
        assertFalse(column("event", "place").facts().partitionKey());
        assertFalse(column("event_old", "at").facts().partitionKey());
    }

    private static Partitioning partitioning(String table) {
        return catalog.partitionings().stream()
                .filter(one -> one.table().name().equals(table))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void partitionedTablesTellWhatTheyTake() {
        assertTrue(partitioning("event").takesAll());
        assertFalse(partitioning("hashed").takesAll());
        assertFalse(partitioning("listed").takesAll());
        assertTrue(partitioning("listed_in").takesAll());
        assertEquals(
                "((kind IS NOT NULL) AND (kind = 'in'::text))",
                partitioning("listed").constraints().get(new TableName("public", "listed_in")));
        assertEquals(4, catalog.partitionings().size());
        Partitioning without = catalog.without(Set.of(new TableName("public", "event_old"))).partitionings().stream()
                .filter(one -> one.table().name().equals("event"))
                .findFirst()
                .orElseThrow();
        assertFalse(without.takesAll());
        assertEquals(0, without.constraints().size());
    }

    @Test
    void columnsTellTheirTypesInSqlsWords() {
        assertEquals("numeric(10,2)", column("person", "price").facts().declared());
        assertEquals("public.mood[]", column("person", "feelings").facts().declared());
        assertEquals(
                Optional.of("(first || last)"),
                column("person", "both_names").facts().expression());
        assertEquals(Optional.empty(), column("person", "counted").facts().expression());
    }

    @Test
    void generatedColumnsTellTheirInputs() {
        assertEquals(
                List.of("first", "last"), column("person", "both_names").facts().inputs());
        assertEquals(List.of(), column("person", "first").facts().inputs());
    }

    @Test
    void indexesTellWhatTheyDemand() {
        assertEquals(
                new Index.Demands(true, false, List.of("id"), false, List.of(), Optional.empty()),
                demands("person_pkey"));
        assertEquals(
                new Index.Demands(true, false, List.of("email"), false, List.of(), Optional.empty()),
                demands("plain_email"));
        assertEquals(
                new Index.Demands(true, false, List.of("serial", "name"), true, List.of(), Optional.empty()),
                demands("by_lower"));
        Index.Demands partial = demands("by_code");
        assertEquals(List.of("code"), partial.columns());
        assertTrue(partial.predicateColumns().contains("gone"));
        assertEquals(Optional.of("(gone IS NULL)"), partial.predicate());
        assertFalse(demands("by_price").unique());
        assertTrue(demands("booking_during_excl").unique());
        assertEquals(List.of("during"), demands("booking_during_excl").columns());
    }

    @Test
    void checksTellTheirColumns() {
        assertEquals(
                List.of(new CheckConstraint(
                        new TableName("public", "person"),
                        "old_enough",
                        List.of("id", "price"),
                        "CHECK (((id > 0) AND (price >= (0)::numeric)))")),
                catalog.checks());
    }

    @Test
    void onlyStatisticsWithValuesAreListed() {
        assertEquals(
                List.of(new ValueStatistics(
                        new TableName("public", "common"),
                        new TableName("public", "person"),
                        List.of("first", "last"))),
                catalog.valueStatistics());
        assertEquals(0, catalog.userMappings());
    }

    @Test
    void keysOfExtensionsConfigurationTablesAreReadApart() {
        assertEquals(
                List.of("job setting -> setting name"),
                catalog.extensionKeys().foreignKeys().stream()
                        .map(key -> key.table().name() + " " + key.columns().get(0) + " -> "
                                + key.referenced().name() + " "
                                + key.referencedColumns().get(0))
                        .toList());
        assertEquals(
                List.of("job [id]", "setting [name]"),
                catalog.extensionKeys().indexes().stream()
                        .map(index ->
                                index.table().name() + " " + index.demands().columns())
                        .toList());
        assertTrue(catalog.indexes().stream()
                .noneMatch(index -> index.table().schema().equals("fixture")));
    }
}
