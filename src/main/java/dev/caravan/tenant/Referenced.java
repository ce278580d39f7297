package dev.caravan.tenant;

import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which tables have rows only because taken rows reference them, or because the policy lists them under follow. Pure. */
final class Referenced {
    private Referenced() {}

    /** @param decided tables that are decided on already; what belongs or is shared is among them */
    static List<TableScope> scopes(
            List<Reference> references, Collection<TableName> follow, Map<TableName, TableScope> decided) {
        Map<TableName, TableScope> scopes = new HashMap<>(decided);
        List<TableScope> found = new ArrayList<>();
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Reference reference : references) {
                Optional<TableScope> next = next(reference, follow, scopes);
                next.ifPresent(scope -> {
                    scopes.put(scope.table(), scope);
                    found.add(scope);
                });
                grows |= next.isPresent();
            }
        }
        return found;
    }

    private static Optional<TableScope> next(
            Reference reference, Collection<TableName> follow, Map<TableName, TableScope> scopes) {
        TableScope from = scopes.get(reference.table());
        TableScope to = scopes.get(reference.referenced());
        if (from != null && from.kind() != TableScope.Kind.EMPTY && to == null) {
            boolean follows = follow.contains(reference.referenced());
            return Optional.of(scope(
                    reference.referenced(),
                    follows ? TableScope.Kind.FOLLOWING : TableScope.Kind.REFERENCED,
                    "only rows that " + reference.table() + " and others taken reference"));
        }
        boolean leads = to != null && !to.belongs() && to.kind() != TableScope.Kind.EMPTY;
        return from == null && leads && follow.contains(reference.table())
                ? Optional.of(scope(reference.table(), TableScope.Kind.FOLLOWING, "follows " + reference.inWords()))
                : Optional.empty();
    }

    private static TableScope scope(TableName table, TableScope.Kind kind, String words) {
        return new TableScope(table, kind, List.of(), List.of(), Optional.empty(), words);
    }
}
