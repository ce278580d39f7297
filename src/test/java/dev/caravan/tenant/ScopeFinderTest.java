package dev.caravan.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.job.CopyRequest;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.TenantPolicy;
import dev.caravan.mask.VirtualKey;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.schema.TablePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Scopes of a small shop: tenants, their customers and orders, lines, products, a country list, settings of products, a log. */
class ScopeFinderTest {
    private static final ColumnType INT = type(23, "int4");
    private static final ColumnType TEXT = type(25, "text");

    private final List<Table> tables = new ArrayList<>(List.of(
            table("tenant", 0, column("id", INT)),
            table("customer", 0, column("id", INT), column("tenant_id", INT), column("country", TEXT)),
            table("orders", 100L << 20, column("id", INT), column("customer_id", INT)),
            table("line", 0, column("order_id", INT), column("product_id", INT)),
            table("product", 0, column("id", INT)),
            table("country", 0, column("code", TEXT)),
            table("setting", 0, column("product_id", INT)),
            table("log", 0, column("id", INT), column("who", INT))));
    private final List<ForeignKey> keys = new ArrayList<>(List.of(
            key("customer", "tenant_id", "tenant", "id"),
            key("customer", "country", "country", "code"),
            key("orders", "customer_id", "customer", "id"),
            key("line", "order_id", "orders", "id"),
            key("line", "product_id", "product", "id"),
            key("setting", "product_id", "product", "id")));
    private final List<VirtualKey> virtualKeys = new ArrayList<>();
    private Optional<TenantPolicy.Root> root =
            Optional.of(new TenantPolicy.Root(Optional.of("public"), "tenant", "id"));
    private Optional<String> tenantColumn = Optional.empty();
    private List<TablePattern> shared = List.of();
    private List<TableName> follow = List.of();
    private Map<TableName, String> where = Map.of();
    private List<Object> tenants = List.of(1, 2);
    private List<TablePattern> schemaOnly = List.of();

    private static ColumnType type(long oid, String name) {
        return new ColumnType(oid, "pg_catalog", name, ColumnType.Kind.BASE, true, List.of());
    }

    private static Column column(String name, ColumnType type) {
        return new Column(name, type, false, false);
    }

    private static TableName name(String name) {
        return new TableName("public", name);
    }

    private static Table table(String name, long bytes, Column... columns) {
        return new Table(
                name.hashCode(),
                name(name),
                Table.Kind.PLAIN,
                List.of(columns),
                0,
                bytes,
                -1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                false,
                false);
    }

    private static ForeignKey key(String table, String column, String referenced, String key) {
        return new ForeignKey(
                1,
                table + "_" + column + "_fkey",
                name(table),
                List.of(column),
                name(referenced),
                List.of(key),
                List.of("="),
                "",
                true);
    }

    private TenantScopes find() {
        MaskPolicy policy = new MaskPolicy(
                "default",
                "",
                List.of(),
                Map.of(),
                Map.of(),
                virtualKeys,
                MaskPolicy.OnUndecided.FAIL,
                MaskPolicy.LargeObjects.UNDECIDED,
                new TenantPolicy(root, tenantColumn, shared, follow, where, List.of(), "masks.yaml:3"));
        CopyRequest request = new CopyRequest(
                "a",
                "b",
                null,
                null,
                null,
                tenants.isEmpty() ? Optional.empty() : Optional.of(tenants),
                null,
                Optional.of(new CopyRequest.TableChoice(List.of(), schemaOnly)),
                null,
                null,
                null,
                null,
                null);
        Catalog catalog = new Catalog(150000, tables, keys, List.of(), List.of(), List.of(), List.of());
        return ScopeFinder.find(catalog, policy, request);
    }

    private void refused(ErrorCode code, String said) {
        CaravanException e = assertThrows(CaravanException.class, this::find);
        assertEquals(code, e.code(), e.getMessage());
        assertTrue((e.getMessage() + " " + e.hint()).contains(said), e.getMessage() + " " + e.hint());
    }

    private TableScope.Kind kind(TenantScopes scopes, String table) {
        return scopes.scopes().get(name(table)).kind();
    }

    @Test
    void tablesBelongByTheirColumnOrOverTheirKeysAndOthersAreReferencedOrEmpty() {
        TenantScopes scopes = find();
        assertEquals(List.of("tenant_id"), scopes.scopes().get(name("customer")).columns());
        assertEquals(
                "belongs through customer_id → public.customer.id",
                scopes.scopes().get(name("orders")).words());
        assertEquals(TableScope.Kind.BELONGING, kind(scopes, "line"));
        assertEquals(TableScope.Kind.REFERENCED, kind(scopes, "product"));
        assertEquals(TableScope.Kind.REFERENCED, kind(scopes, "country"));
        assertEquals(TableScope.Kind.EMPTY, kind(scopes, "setting"));
        assertTrue(
                scopes.warnings().toString().contains("public.log, public.setting"),
                scopes.warnings().toString());
        assertTrue(
                scopes.warnings()
                        .toString()
                        .contains("All of public.orders is read, since no index on it begins with customer_id"),
                scopes.warnings().toString());
    }

    @Test
    void thePolicyMaySayMore() {
        shared = List.of(TablePattern.parse("public.count*"));
        follow = List.of(name("setting"));
        virtualKeys.add(new VirtualKey(name("log"), List.of("who"), name("customer"), List.of("id"), "masks.yaml:7"));
        TenantScopes scopes = find();
        assertEquals(TableScope.Kind.ALL, kind(scopes, "country"));
        assertEquals(TableScope.Kind.FOLLOWING, kind(scopes, "setting"));
        assertEquals(TableScope.Kind.BELONGING, kind(scopes, "log"));
    }

    @Test
    void aMissingTenantKeyIsProposedAndNotAssumed() {
        root = Optional.empty();
        refused(ErrorCode.TENANT_KEY_MISSING, "public.tenant.id");
    }

    @Test
    void aColumnInMostTablesIsProposedWhereNoTableOfTenantsIsThere() {
        root = Optional.empty();
        keys.clear();
        tables.clear();
        tables.addAll(List.of(
                table("a", 0, column("organization_id", INT)),
                table("b", 0, column("organization_id", INT), column("customer_id", INT)),
                table("c", 0, column("id", INT))));
        refused(ErrorCode.TENANT_KEY_MISSING, "It looks like tenantKey: organization_id.");
    }

    @Test
    void theTableFromWhichMostOthersHangIsProposedWhereNoColumnTells() {
        root = Optional.empty();
        keys.clear();
        tables.clear();
        tables.addAll(List.of(
                table("buyer", 0, column("nr", INT)),
                table("orders", 0, column("id", INT), column("buyer", INT)),
                table("line", 0, column("orders", INT), column("product", INT)),
                table("product", 0, column("id", INT))));
        keys.addAll(List.of(
                key("orders", "buyer", "buyer", "nr"),
                key("line", "orders", "orders", "id"),
                key("line", "product", "product", "id")));
        refused(ErrorCode.TENANT_KEY_MISSING, "It looks like tenantKey: public.buyer.nr.");
    }

    @Test
    void nothingIsProposedWhereNothingIsPlain() {
        root = Optional.empty();
        keys.clear();
        tables.clear();
        tables.addAll(List.of(table("a", 0, column("id", INT)), table("b", 0, column("id", INT))));
        refused(ErrorCode.TENANT_KEY_MISSING, "Set tenantKey in the policy");
    }

    @Test
    void withoutTenantsConditionsDecideAndWhatHangsOnTheirTables() {
        tenants = List.of();
        where = Map.of(name("orders"), "true");
        TenantScopes scopes = find();
        assertEquals(TableScope.Kind.BELONGING, kind(scopes, "orders"));
        assertEquals(TableScope.Kind.BELONGING, kind(scopes, "line"));
        assertEquals(
                "those that hang on no row left out: order_id → public.orders.id",
                scopes.scopes().get(name("line")).words());
        for (String whole : List.of("tenant", "customer", "product", "setting", "log")) {
            assertEquals(TableScope.Kind.ALL, kind(scopes, whole), whole);
        }
        shared = List.of(TablePattern.parse("public.orders"));
        assertEquals(TableScope.Kind.BELONGING, kind(find(), "orders"));
        assertEquals(TableScope.Kind.ALL, kind(find(), "line"), "on shared rows nothing hangs");
        shared = List.of();
        where = Map.of(name("order"), "true");
        refused(ErrorCode.TENANT_SCOPE, "There is no table public.order, which where names");
    }

    @Test
    void namesThatTheDatabaseDoesNotHaveAreRefused() {
        root = Optional.of(new TenantPolicy.Root(Optional.of("public"), "tenants", "id"));
        refused(ErrorCode.TENANT_SCOPE, "public.tenants.id");
        root = Optional.empty();
        tenantColumn = Optional.of("organisation");
        refused(ErrorCode.TENANT_SCOPE, "No table has a column organisation");
        tenantColumn = Optional.of("tenant_id");
        shared = List.of(TablePattern.parse("ref.*"));
        refused(ErrorCode.TENANT_SCOPE, "No table matches ref.*");
    }

    @Test
    void scopesThatContradictEachOtherAreRefused() {
        shared = List.of(TablePattern.parse("public.customer"));
        refused(ErrorCode.TENANT_SCOPE, "public.customer is declared shared");
        shared = List.of();
        where = Map.of(name("product"), "true");
        refused(ErrorCode.TENANT_SCOPE, "where names public.product");
        where = Map.of();
        follow = List.of(name("orders"));
        refused(ErrorCode.TENANT_SCOPE, "follow names public.orders");
        follow = List.of();
        schemaOnly = List.of(TablePattern.parse("public.tenant"));
        refused(ErrorCode.TENANT_SCOPE, "public.tenant is the tenants' own table");
        schemaOnly = List.of(TablePattern.parse("public.product"));
        refused(ErrorCode.TENANT_SCOPE, "rows of public.line reference it");
    }

    @Test
    void everythingThatContradictsIsToldAtOnce() {
        shared = List.of(TablePattern.parse("public.customer"));
        where = Map.of(name("product"), "true", name("nowhere"), "true");
        follow = List.of(name("orders"));
        schemaOnly = List.of(TablePattern.parse("public.country"));
        CaravanException e = assertThrows(CaravanException.class, this::find);
        String errors = String.valueOf(e.attributes().get("errors"));
        assertTrue(errors.contains("There is no table public.nowhere"), errors);
        assertTrue(errors.contains("public.customer is declared shared"), errors);
        assertTrue(errors.contains("tables.schemaOnly leaves public.country empty"), errors);
        where = Map.of(name("product"), "true");
        errors = String.valueOf(
                assertThrows(CaravanException.class, this::find).attributes().get("errors"));
        assertTrue(errors.contains("public.customer is declared shared"), errors);
        assertTrue(errors.contains("where names public.product, whose rows belong to no tenant"), errors);
        assertTrue(errors.contains("follow names public.orders"), errors);
        // What hangs on what is not known then: nothing is said about it that may be wrong.
        root = Optional.of(new TenantPolicy.Root(Optional.of("public"), "tenants", "id"));
        follow = List.of(name("setting"));
        errors = String.valueOf(
                assertThrows(CaravanException.class, this::find).attributes().get("errors"));
        assertTrue(errors.contains("public.tenants.id") && !errors.contains("where names public.product"), errors);
    }

    @Test
    void aConditionOnASharedTableDecidesWhichOfItsRowsAreShared() {
        shared = List.of(TablePattern.parse("public.product"));
        where = Map.of(name("product"), "true");
        TenantScopes scopes = find();
        assertTrue(scopes.scopes().get(name("product")).byConditionAlone());
        assertEquals(TableScope.Kind.EMPTY, kind(scopes, "setting"), "on shared rows nothing hangs");
    }

    @Test
    void tablesWhoseWayToATenantIsLeftEmptyAreNotSaidToHaveNone() {
        schemaOnly = List.of(TablePattern.parse("public.orders"), TablePattern.parse("public.line"));
        String warnings = find().warnings().toString();
        assertTrue(
                warnings.contains(
                        "since tables.schemaOnly leaves empty what connects them to a tenant: public.product."),
                warnings);
        assertTrue(warnings.contains("nothing connects them to a tenant: public.log, public.setting."), warnings);
    }

    @Test
    void aValueOfTheWrongTypeAndAKeyOverIncompatibleTypesAreRefusedTogether() {
        tenants = List.of(1, "x");
        virtualKeys.add(new VirtualKey(name("log"), List.of("who"), name("country"), List.of("code"), "masks.yaml:7"));
        CaravanException e = assertThrows(CaravanException.class, this::find);
        assertEquals(ErrorCode.TENANT_SCOPE, e.code());
        String errors = String.valueOf(e.attributes().get("errors"));
        assertTrue(errors.contains("masks.yaml:7 pairs public.log.who with public.country.code"), errors);
        assertTrue(errors.contains("onlyTenants[1]"), errors);
    }
}
