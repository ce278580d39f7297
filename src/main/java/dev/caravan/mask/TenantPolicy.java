package dev.caravan.mask;

import dev.caravan.schema.TableName;
import dev.caravan.schema.TablePattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy says of tenants.
 *
 * @param root the tenants' own table and the column that names them; absent when there is no such table, or it is not said
 * @param column the name of the column that tells whose a row is, such as {@code tenant_id}
 * @param shared tables that are copied whole
 * @param follow tables that hang on referenced rows only, and come with them
 * @param where conditions in SQL on rows, by table
 * @param nullify columns that may be emptied where a key of several columns refers to another tenant's row
 * @param origin where the tenant key was written, such as {@code masks.yaml:3}; empty when it was not
 */
public record TenantPolicy(
        Optional<Root> root,
        Optional<String> column,
        List<TablePattern> shared,
        List<TableName> follow,
        Map<TableName, String> where,
        List<Root> nullify,
        String origin) {
    /** A policy that says nothing of tenants. */
    public static final TenantPolicy NONE =
            new TenantPolicy(Optional.empty(), Optional.empty(), List.of(), List.of(), Map.of(), List.of(), "");

    /**
     * A column of a table.
     *
     * @param schema absent where the name alone must do
     */
    public record Root(Optional<String> schema, String table, String column) {
        @Override
        public String toString() {
            return schema.map(name -> name + ".").orElse("") + table + "." + column;
        }
    }

    public TenantPolicy {
        shared = List.copyOf(shared);
        follow = List.copyOf(follow);
        where = Map.copyOf(where);
        nullify = List.copyOf(nullify);
    }

    TenantPolicy unconditioned() {
        return new TenantPolicy(root, column, shared, follow, Map.of(), nullify, origin);
    }

    /** Whether it says how to tell one tenant from another. */
    public boolean hasKey() {
        return root.isPresent() || column.isPresent();
    }
}
