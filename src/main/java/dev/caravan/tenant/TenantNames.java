package dev.caravan.tenant;

import dev.caravan.job.CopyRequest;
import dev.caravan.mask.TenantPolicy;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import dev.caravan.schema.TablePattern;
import java.util.List;
import java.util.Optional;

/** Looks for names that the policy or the request has and the database has not: a typing error would leave a table to another scope. */
final class TenantNames {
    private final Relations relations;
    private final List<TenantProblem> problems;

    /** @param problems gets one for each such name */
    TenantNames(Relations relations, List<TenantProblem> problems) {
        this.relations = relations;
        this.problems = problems;
    }

    /** What counts whether or not tenants are chosen. */
    void check(TenantPolicy policy, CopyRequest request) {
        request.schemaOnly().forEach(pattern -> matches(pattern, "tables.schemaOnly"));
        policy.where().keySet().forEach(table -> exists(table, "where"));
    }

    /** What counts where some are. */
    void checkTenants(TenantPolicy policy) {
        policy.root()
                .filter(named -> root(policy).isEmpty())
                .ifPresent(named ->
                        problem("There is no column " + named + ", which tenantKey (" + policy.origin() + ") names."));
        policy.column().ifPresent(column -> {
            if (relations.tables().keySet().stream().noneMatch(table -> relations.has(table, column))) {
                problem("No table has a column " + column + ", which tenantKey (" + policy.origin() + ") names.");
            }
        });
        policy.shared().forEach(pattern -> matches(pattern, "shared"));
        policy.follow().forEach(table -> exists(table, "follow"));
        policy.nullify().forEach(column -> {
            if (relations
                    .table(column)
                    .filter(table -> relations.has(table, column.column()))
                    .isEmpty()) {
                problem("There is no column " + column + ", which nullify names.");
            }
        });
    }

    /** The tenants' own table and its key; absent where the policy names none, or none that is there. */
    Optional<TenantScopes.Root> root(TenantPolicy policy) {
        return policy.root().flatMap(named -> relations
                .table(named)
                .filter(table -> relations.has(table, named.column()))
                .map(table -> new TenantScopes.Root(table, named.column())));
    }

    /** The columns that a policy names, of tables that are there. */
    List<TenantScopes.Root> columns(List<TenantPolicy.Root> named) {
        return named.stream()
                .flatMap(column ->
                        relations.table(column).map(table -> new TenantScopes.Root(table, column.column())).stream())
                .toList();
    }

    private void matches(TablePattern pattern, String key) {
        if (!relations.known(pattern)) {
            problem("No table matches " + pattern + ", which " + key + " names.");
        }
    }

    private void exists(TableName table, String key) {
        if (!relations.known(table)) {
            problem("There is no table " + table + ", which " + key + " names.");
        }
    }

    private void problem(String detail) {
        problems.add(new TenantProblem(
                ErrorCode.TENANT_SCOPE,
                detail,
                "Correct the policy or the request; POST /api/v1/plans shows every table's scope."));
    }
}
