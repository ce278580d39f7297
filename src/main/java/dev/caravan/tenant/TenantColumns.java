package dev.caravan.tenant;

import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Which columns of a table tell whose its rows are: the root's key, the column of the policy's name, or else every one that references the root's key.
 *
 * @param root the tenants' own table and its key
 * @param named the column's name that the policy has
 */
record TenantColumns(
        Optional<TenantScopes.Root> root, Optional<String> named, Relations relations, List<Reference> references) {
    /** None where none tells. */
    List<String> of(TableName table) {
        if (root.filter(it -> it.table().equals(table)).isPresent()) {
            return List.of(root.get().column());
        }
        if (named.filter(column -> relations.has(table, column)).isPresent()) {
            return List.of(named.get());
        }
        return references.stream()
                .filter(reference -> reference.table().equals(table)
                        && reference.columns().size() == 1
                        && root.equals(Optional.of(new TenantScopes.Root(
                                reference.referenced(),
                                reference.referencedColumns().get(0)))))
                .map(reference -> reference.columns().get(0))
                .distinct()
                .toList();
    }
}
