package dev.caravan.tenant;

import dev.caravan.mask.TenantPolicy;
import dev.caravan.schema.TableName;
import dev.caravan.schema.TablePattern;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a policy and a request say of tables that cannot be true of them all. */
final class Contradictions {
    private final Map<TableName, TableScope> scopes;
    private final Relations relations;
    private final Consumer<String> problems;

    /** @param problems gets a sentence for each */
    Contradictions(Map<TableName, TableScope> scopes, Relations relations, Consumer<String> problems) {
        this.scopes = scopes;
        this.relations = relations;
        this.problems = problems;
    }

    /** Conditions on tables of no tenant's, and tables that follow nothing. */
    void ofTenants(TenantPolicy policy) {
        for (TableName table : policy.where().keySet()) {
            if (!relations.excluded(table) && !scopes.get(table).belongs()) {
                problems.accept("where names " + table + ", whose rows belong to no tenant.");
            }
        }
        for (TableName table : policy.follow()) {
            if (!relations.excluded(table) && scopes.get(table).kind() != TableScope.Kind.FOLLOWING) {
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
