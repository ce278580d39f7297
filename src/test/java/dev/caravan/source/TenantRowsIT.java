package dev.caravan.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.job.CopyRequest;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.TenantPolicy;
import dev.caravan.mask.VirtualKey;
import dev.caravan.plan.CopyFormat;
import dev.caravan.plan.CopyStatement;
import dev.caravan.plan.Part;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.schema.TablePattern;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServers;
import dev.caravan.tenant.KeyConditions;
import dev.caravan.tenant.Oracle;
import dev.caravan.tenant.RandomShop;
import dev.caravan.tenant.ReferencingKey;
import dev.caravan.tenant.ScopeFinder;
import dev.caravan.tenant.Selection;
import dev.caravan.tenant.TakenRows;
import dev.caravan.tenant.TenantScopes;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * What is taken of random databases, against an oracle that knows nothing of this code. {@code -Dtenant.graphs=1000} tries more of
 * them, {@code -Dtenant.seed=17} one alone.
 */
class TenantRowsIT {
    private static TestDatabase database;
    private static final AtomicInteger namedByLoaded = new AtomicInteger();
    private static final AtomicInteger namedByParents = new AtomicInteger();

    @BeforeAll
    static void create() {
        database = TestServers.source().createDatabase("graphs");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void exactlyTheRowsOfTheChosenTenantsAreTakenAndWhatTheyNeed() throws Exception {
        int graphs = Integer.getInteger("tenant.graphs", 60);
        Optional<Long> only = Optional.ofNullable(Long.getLong("tenant.seed"));
        int refused = 0;
        int included = 0;
        int emptied = 0;
        int conditioned = 0;
        for (long seed = only.orElse(1L); seed <= only.orElse((long) graphs); seed++) {
            RandomShop shop = new RandomShop(seed);
            Oracle oracle = new Oracle(shop);
            refused += oracle.refused() ? 1 : 0;
            included += oracle.rowsIncluded();
            emptied += oracle.rowsEmptied();
            conditioned += shop.conditions.size();
            check(seed, shop, oracle);
        }
        if (only.isEmpty()) {
            assertTrue(refused > 0 && included > 0 && emptied > 0 && conditioned > 0, "the graphs are too tame");
            assertTrue(namedByLoaded.get() > 0 && namedByParents.get() > 0, "keys name nothing in any of the graphs");
        }
    }

    private static void check(long seed, RandomShop shop, Oracle oracle) throws SQLException, IOException {
        database.run(shop.sql("s"));
        try (SourceJob source = TenantSource.open(database)) {
            Catalog catalog = source.catalog();
            TakenRows taken;
            try {
                TenantScopes scopes = ScopeFinder.find(catalog, policy(shop), request(shop));
                taken = source.taken(scopes, () -> {});
            } catch (CaravanException e) {
                if (e.code() == ErrorCode.TENANT_UNKNOWN) {
                    assertTrue(!shop.root, () -> "seed " + seed);
                    return;
                }
                assertEquals(ErrorCode.CROSS_TENANT_REFERENCE, e.code(), () -> "seed " + seed + ": " + e.getMessage());
                assertTrue(oracle.refused(), () -> "seed " + seed + ": refused, and need not be: " + e.getMessage());
                return;
            }
            assertTrue(!oracle.refused(), () -> "seed " + seed + ": not refused");
            for (int i = 0; i < shop.tables.size(); i++) {
                List<String> rows = new ArrayList<>();
                TableName name = new TableName("s", shop.tables.get(i).name());
                for (Table table : catalog.tables()) {
                    if (table.kind() == Table.Kind.PLAIN
                            && taken.scopes().top(table.name()).equals(name)) {
                        List<String> here = read(source, table, taken.selections(table.name()));
                        here.sort(null);
                        namedByKeys(source, catalog, taken, table).ifPresent(byKeys -> {
                            byKeys.sort(null);
                            assertEquals(here, byKeys, () -> "seed " + seed + ", " + table.name() + " by keys");
                        });
                        rows.addAll(here);
                    }
                }
                rows.sort(null);
                assertEquals(oracle.expected(i), rows, () -> "seed " + seed + ", " + name);
            }
        } finally {
            database.run("DROP SCHEMA s CASCADE");
        }
    }

    /** The rows of a table as keys name them: of the loaded rows that reference them, or of those over which they belong. */
    private static Optional<List<String>> namedByKeys(SourceJob source, Catalog catalog, TakenRows taken, Table table) {
        List<Selection> selections = taken.selections(table.name()).orElse(List.of());
        if (selections.size() != 1) {
            return Optional.empty();
        }
        Selection selection = selections.get(0);
        TableName top = taken.scopes().top(table.name());
        return selection
                .referencing()
                .map(key -> key.among(keys(source, catalog, taken, key)))
                .or(() -> new KeyConditions(taken.scopes()).belongs(top))
                .map(condition -> {
                    (selection.referencing().isPresent() ? namedByLoaded : namedByParents).incrementAndGet();
                    return new ArrayList<>(read(source, table, Optional.of(List.of(selection.by(condition)))));
                });
    }

    private static String keys(SourceJob source, Catalog catalog, TakenRows taken, ReferencingKey key) {
        Table referencing = catalog.tables().stream()
                .filter(table -> table.name().equals(key.table()))
                .findFirst()
                .orElseThrow();
        return read(source, referencing, List.of(key.column()), taken.selections(key.table())).stream()
                .filter(value -> !value.equals("\\N"))
                .distinct()
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static List<String> read(SourceJob source, Table table, Optional<List<Selection>> selections) {
        return read(
                source, table, table.copiedColumns().stream().map(Column::name).toList(), selections);
    }

    private static List<String> read(
            SourceJob source, Table table, List<String> columns, Optional<List<Selection>> selections) {
        List<Optional<Selection>> wanted = selections.isEmpty()
                ? List.of(Optional.empty())
                : selections.get().stream().map(Optional::of).toList();
        List<String> rows = new ArrayList<>();
        for (Optional<Selection> selection : wanted) {
            Part part = new Part(
                    "job",
                    1,
                    table.name(),
                    table.name(),
                    columns,
                    CopyFormat.TEXT,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    false,
                    selection,
                    1);
            rows.addAll(source.besides("reading", session -> {
                StringWriter text = new StringWriter();
                try {
                    session.unwrap(PGConnection.class).getCopyAPI().copyOut(CopyStatement.out(part), text);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                return text.toString().lines().toList();
            }));
        }
        return rows;
    }

    private static CopyRequest request(RandomShop shop) {
        return TenantSource.request(
                shop.allTenants ? Optional.empty() : Optional.of(new ArrayList<>(shop.chosen)),
                CopyRequest.CrossTenant.valueOf(shop.crossTenant.toUpperCase(Locale.ROOT)));
    }

    private static MaskPolicy policy(RandomShop shop) {
        TenantPolicy tenants = new TenantPolicy(
                shop.root ? Optional.of(new TenantPolicy.Root(Optional.of("s"), "t0", "id")) : Optional.empty(),
                shop.columnNamed && shop.tables.stream().anyMatch(RandomShop.Table::tenantColumn)
                        ? Optional.of("tenant_id")
                        : Optional.empty(),
                shop.shared.stream()
                        .map(table -> TablePattern.parse("s.t" + table))
                        .toList(),
                List.of(),
                shop.conditions.entrySet().stream()
                        .collect(Collectors.toMap(
                                condition -> new TableName("s", "t" + condition.getKey()),
                                condition -> "grp <> " + condition.getValue())),
                List.of(),
                "masks.yaml:3");
        List<VirtualKey> keys = shop.keys.stream()
                .filter(RandomShop.Key::virtual)
                .map(key -> new VirtualKey(
                        new TableName("s", "t" + key.table()),
                        key.columns(),
                        new TableName("s", "t" + key.referenced()),
                        key.referencedColumns(),
                        key.name()))
                .toList();
        return TenantSource.policy(keys, tenants);
    }
}
