package dev.caravan.tenant;

import dev.caravan.mask.TenantPolicy;
import dev.caravan.schema.TableName;
import dev.caravan.schema.TablePattern;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What a policy and a request say of tables that cannot be true of them all. */
final class Contradictions {
    private final Map<TableName, TableScope> scopes;
    private final Consumer<String> problems;

    /** @param problems gets a sentence for each */
    Contradictions(Map<TableName, TableScope> scopes, Consumer<String> problems) {
        this.scopes = scopes;
        this.problems = problems;
    }

    /**
     * Conditions on tables of no tenant's, and tables that follow nothing.
     *
     * @param known whether the scope of a table is what it will be: with a name missing it is not
     */
    void ofTenants(TenantPolicy policy, Predicate<TableName> known) {
        for (TableName table : policy.where().keySet()) {
            if (scopes.containsKey(table)
                    && known.test(table)
                    && !scopes.get(table).belongs()) {
                problems.accept("where names " + table + ", whose rows belong to no tenant ("
                        + scopes.get(table).words()
                        + "): declare it shared, so that the condition alone decides, or leave the condition out.");
            }
        }
        for (TableName table : policy.follow()) {
            if (scopes.containsKey(table)
                    && known.test(table)
                    && scopes.get(table).kind() != TableScope.Kind.FOLLOWING) {
                problems.accept("follow names " + table + ", which hangs on no referenced row: "
                        + scopes.get(table).words() + ".");
            }
        }
    }

    /** Empty tables that rows of others reference. */
    void ofEmptyTables(List<TablePattern> schemaOnly, List<Reference> references) {
        for (Reference reference : references) {
            if (schemaOnly.stream().anyMatch(pattern -> pattern.matches(reference.referenced()))
                    && scopes.get(reference.table()).kind() != TableScope.Kind.EMPTY) {
                problems.accept("tables.schemaOnly leaves " + reference.referenced() + " empty, and rows of "
                        + reference.table() + " reference it (" + reference.name()
                        + "): add the latter too, or leave the former out.");
            }
        }
    }
}
