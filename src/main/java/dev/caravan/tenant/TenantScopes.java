package dev.caravan.tenant;

import dev.caravan.job.CopyRequest;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of each table a job takes, as far as the catalog and the policy tell; which rows these are is resolved on the source.
 *
 * @param tenants the chosen ones, as the request has them; empty when only tables were chosen, or conditions choose rows
 * @param crossTenant what happens to references into other tenants
 * @param root the tenants' own table and its key
 * @param scopes by table, a partitioned one standing for its partitions
 * @param references every key along which rows are followed
 * @param relations every table by name, partitions too
 * @param nullify columns that the policy lets be emptied where several could be
 * @param warnings what to know before the run
 */
public record TenantScopes(
        List<Object> tenants,
        CopyRequest.CrossTenant crossTenant,
        Optional<Root> root,
        Map<TableName, TableScope> scopes,
        List<Reference> references,
        Map<TableName, Table> relations,
        List<Root> nullify,
        List<String> warnings) {
    /** A column of a table. */
    public record Root(TableName table, String column) {}

    public TenantScopes {
        tenants = List.copyOf(tenants);
        scopes = Map.copyOf(scopes);
        references = List.copyOf(references);
        relations = Map.copyOf(relations);
        nullify = List.copyOf(nullify);
        warnings = List.copyOf(warnings);
    }

    /** The same without conditions on rows. */
    public TenantScopes unconditioned() {
        Map<TableName, TableScope> without = new HashMap<>();
        scopes.forEach((table, scope) -> without.put(table, scope.unconditioned()));
        return new TenantScopes(tenants, crossTenant, root, without, references, relations, nullify, warnings);
    }

    /** Whether rows are to be found on the source, by tenants or by conditions; else tables are taken whole or not at all. */
    public boolean someRows() {
        return scopes.values().stream().anyMatch(TableScope::belongs);
    }

    /** The scope of a table or of the one that it is a partition of. */
    public TableScope of(TableName relation) {
        return scopes.get(top(relation));
    }

    /** The table at the top of a partition's tree; any other table is its own. */
    public TableName top(TableName relation) {
        TableName top = relation;
        while (relations.get(top).partitionOf().isPresent()) {
            top = relations.get(top).partitionOf().get();
        }
        return top;
    }

    /** Whether rows of a relation are rows of a table: it itself, or a partition of it over however many levels. */
    public boolean holds(TableName table, TableName relation) {
        Optional<TableName> at = Optional.of(relation);
        while (at.isPresent() && !at.get().equals(table)) {
            at = relations.get(at.get()).partitionOf();
        }
        return at.isPresent();
    }
}
