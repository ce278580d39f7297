package dev.caravan.tenant;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The references of taken rows to rows of other tenants: counted by key, and what can be emptied of them. Not thread-safe. */
public final class CrossTenantReferences {
    private final TenantScopes scopes;
    private final Map<Reference, RowSet> crossed = new LinkedHashMap<>();
    private final Map<Reference, Optional<List<String>>> emptied = new LinkedHashMap<>();
    private final List<TenantProblem> problems = new ArrayList<>();

    public CrossTenantReferences(TenantScopes scopes) {
        this.scopes = scopes;
    }

    /** Notes a row of another tenant that the key leads to: once, however many of the rows that were asked about one after another reference it. */
    public void found(Reference reference, TableName relation, long tid) {
        crossed.computeIfAbsent(reference, unused -> new RowSet()).add(relation, tid);
    }

    /** The columns to empty so that the key leads nowhere; absent when that cannot be, which is then a problem. */
    public Optional<List<String>> emptied(Reference reference) {
        return emptied.computeIfAbsent(reference, this::columns);
    }

    private Optional<List<String>> columns(Reference reference) {
        Table table = scopes.relations().get(reference.relation());
        TableScope scope = scopes.of(reference.relation());
        List<String> possible = reference.columns().stream()
                .filter(name -> !scope.columns().contains(name))
                .filter(name -> !partitionsRefuse(reference.table(), name))
                .filter(name -> table.columns().stream()
                        .anyMatch(column -> column.name().equals(name) && !column.refusesNull() && !column.generated()))
                .toList();
        // Emptied in part, such a key is violated.
        boolean tooFew =
                reference.full() && possible.size() < reference.columns().size();
        if (reference.full() && !tooFew) {
            return Optional.of(possible);
        }
        List<String> named = possible.stream()
                .filter(name -> scopes.nullify().contains(new TenantScopes.Root(reference.table(), name)))
                .toList();
        if (!tooFew && (named.size() == 1 || possible.size() == 1)) {
            return Optional.of(named.size() == 1 ? named : possible);
        }
        problems.add(new TenantProblem(
                ErrorCode.CROSS_TENANT_REFERENCE,
                "Rows of " + reference.table() + " reference rows of other tenants over " + reference.name() + " ("
                        + String.join(", ", reference.columns()) + "), and "
                        + (possible.isEmpty()
                                ? "none of these columns may be NULL and tells neither tenant nor partition."
                                : tooFew
                                        ? "not all of these columns may be NULL, as MATCH FULL wants it."
                                        : "it is not said which of these columns to empty."),
                possible.isEmpty() || tooFew
                        ? "Send crossTenant include, or mend the rows on the source."
                        : "Name one of them under nullify in the policy."));
        return Optional.empty();
    }

    /**
     * Whether a partition could not take the row: it may refuse NULL by itself, and rows go into the partition that they come from, into
     * which they would no longer belong.
     */
    private boolean partitionsRefuse(TableName table, String name) {
        return scopes.relations().values().stream()
                .filter(relation -> scopes.top(relation.name()).equals(table))
                .flatMap(relation -> relation.columns().stream())
                .anyMatch(column ->
                        column.name().equals(name) && (column.facts().partitionKey() || column.refusesNull()));
    }

    /** @throws CaravanException {@code cross-tenant-reference} with every key and its count */
    public void throwIfAny() {
        crossed.forEach((reference, rows) -> problems.add(new TenantProblem(
                ErrorCode.CROSS_TENANT_REFERENCE,
                "Rows of " + reference.table() + " reference " + rows.size() + (rows.size() == 1 ? " row" : " rows")
                        + " of "
                        + reference.referenced() + " that belong to other tenants, over " + reference.name() + " ("
                        + String.join(", ", reference.columns()) + ").",
                "Send crossTenant include to take them too, or nullify to empty the reference where it may be;"
                        + " or declare " + reference.referenced() + " shared, if it is no tenant's.")));
        TenantProblem.throwIfAny(problems);
    }
}
