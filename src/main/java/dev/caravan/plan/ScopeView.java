package dev.caravan.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.schema.Table;
import dev.caravan.tenant.Reference;
import dev.caravan.tenant.TableScope;
import dev.caravan.tenant.TakenRows;
import java.util.List;
import java.util.Optional;

/**
 * Which rows of a table a partial job takes, as callers see it.
 *
 * @param rows ALL, BELONGING, REFERENCED, FOLLOWING or EMPTY
 * @param why in words
 * @param paths the keys over which its rows belong, in words; empty where a column tells it
 * @param count how many; absent for all of a shared table's, and in a job, which does not count before it copies
 * @param referenced rows taken beside those that belong, since taken rows reference them
 * @param included rows of other tenants that are taken on purpose
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ScopeView(
        TableScope.Kind rows,
        String why,
        List<String> paths,
        Optional<Long> count,
        Optional<Long> referenced,
        Optional<Long> included) {
    public ScopeView {
        paths = List.copyOf(paths);
    }

    static ScopeView of(TakenRows taken, Table table) {
        TableScope scope = taken.scopes().of(table.name());
        long referenced = taken.referenced(scope.table()).size();
        long included = taken.included(scope.table()).size();
        return new ScopeView(
                scope.kind(),
                scope.words(),
                scope.paths().stream().map(Reference::inWords).distinct().toList(),
                taken.rows(scope.table()),
                referenced == 0 ? Optional.empty() : Optional.of(referenced),
                included == 0 ? Optional.empty() : Optional.of(included));
    }
}
