package dev.caravan.source;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.tenant.TableScope;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.TenantSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Asks whether the chosen tenants are there: in the tenants' own table, or in any tenant column where there is no such table. */
final class KnownTenants {
    private KnownTenants() {}

    /** @throws CaravanException {@code tenant-unknown} that names the places in the request, not what stands there */
    static void check(Connection session, TenantScopes scopes) throws SQLException {
        if (scopes.tenants().isEmpty()) {
            return;
        }
        TenantSql sql = new TenantSql(scopes);
        List<TableScope> tables = scopes.root().isPresent()
                ? List.of(scopes.scopes().get(scopes.root().get().table()))
                : scopes.scopes().values().stream()
                        .filter(scope -> !scope.columns().isEmpty())
                        .sorted(Comparator.comparingLong((TableScope scope) -> bytes(scopes, scope.table()))
                                .thenComparing(TableScope::table))
                        .toList();
        Set<Integer> missing = new TreeSet<>();
        for (int i = 1; i <= scopes.tenants().size(); i++) {
            missing.add(i);
        }
        for (TableScope scope : tables) {
            for (String column : scope.columns()) {
                if (!missing.isEmpty()) {
                    missing.removeAll(found(session, sql, scope.table(), column));
                }
            }
        }
        if (!missing.isEmpty()) {
            List<String> places = new ArrayList<>();
            missing.forEach(place -> places.add("onlyTenants[" + (place - 1) + "]"));
            throw CaravanException.of(
                    ErrorCode.TENANT_UNKNOWN,
                    "The source has no such tenant: " + String.join(", ", places) + ".",
                    scopes.root()
                            .map(root -> "Take keys that " + root.table() + "." + root.column() + " holds.")
                            .orElse("Take values that the tenant columns hold."));
        }
    }

    /** Places, from 1, of the tenants that the column holds. */
    private static Set<Integer> found(Connection session, TenantSql sql, TableName table, String column)
            throws SQLException {
        String query = "SELECT t.place FROM pg_catalog.unnest(" + sql.array(table, column)
                + ") WITH ORDINALITY t (value, place) WHERE EXISTS (SELECT 1 FROM " + sql.rows(table) + " r WHERE r."
                + Identifiers.quoted(column) + sql.operator(table, column) + "t.value)";
        Set<Integer> places = new TreeSet<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                places.add(rows.getInt(1));
            }
        }
        return places;
    }

    private static long bytes(TenantScopes scopes, TableName table) {
        return scopes.relations().values().stream()
                .filter(relation -> scopes.top(relation.name()).equals(table))
                .mapToLong(Table::bytes)
                .sum();
    }
}
