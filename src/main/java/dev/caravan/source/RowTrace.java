package dev.caravan.source;

import dev.caravan.schema.Catalog;
import dev.caravan.schema.TableName;
import dev.caravan.tenant.Reference;
import dev.caravan.tenant.RowExplanation;
import dev.caravan.tenant.TableScope;
import dev.caravan.tenant.TakenRows;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.TenantSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the shortest way from a row to the one because of which it is taken: down from references to a row that belongs, and from there up to
 * the tenant. Not thread-safe.
 */
final class RowTrace {
    private final TenantScopes scopes;
    private final TakenRows taken;
    private final TenantSql sql;
    private final RowSearch search;
    private final Membership membership;

    /** How a row on the way was come to: from which other, and what of that leads to it. */
    private record Arrival(Optional<SourceRow> from, String words) {}

    private RowTrace(Connection session, Catalog catalog, TakenRows taken) {
        this.scopes = taken.scopes();
        this.taken = taken;
        this.sql = new TenantSql(scopes);
        this.search = new RowSearch(session, catalog, scopes);
        this.membership = new Membership(taken, search);
    }

    /**
     * @param session a session under the snapshot that the rows were resolved under
     * @param key values by column that one row alone has
     * @throws dev.caravan.schema.CaravanException as {@link RowSearch#find}
     */
    static RowExplanation explain(
            Connection session, Catalog catalog, TakenRows taken, TableName table, Map<String, Object> key)
            throws SQLException {
        RowTrace trace = new RowTrace(session, catalog, taken);
        return trace.explain(trace.search.find(table, key));
    }

    private RowExplanation explain(SourceRow row) throws SQLException {
        Optional<Membership.Because> because = membership.because(row);
        if (because.isEmpty()) {
            return notTaken(row);
        }
        String reason =
                switch (because.get()) {
                    case WHOLE_TABLE ->
                        "The table is copied whole: " + scope(row).words() + ".";
                    case BELONGING ->
                        scopes.tenants().isEmpty() || scope(row).byConditionAlone()
                                ? "The policy's conditions leave it."
                                : "It belongs to a chosen tenant.";
                    case REFERENCED -> "A row that is taken needs it.";
                    case INCLUDED ->
                        "It belongs to tenants that are not chosen, and comes on purpose: a row that is taken references it.";
                };
        return new RowExplanation(row.relation(), true, reason, way(row));
    }

    private RowExplanation notTaken(SourceRow row) throws SQLException {
        TableScope scope = scope(row);
        if (scope.kind() == TableScope.Kind.EMPTY) {
            return left(row, "The table is copied empty: " + scope.words() + ".", List.of());
        }
        if (!scope.belongs()) {
            return left(row, "No row that is taken references it.", List.of());
        }
        if (scopes.tenants().isEmpty() || scope.byConditionAlone()) {
            return left(row, "A condition of the policy leaves it out, or all that it hangs on.", List.of());
        }
        List<RowExplanation.Step> chosen = up(row, this::isChosen, " tells that it is a chosen tenant's");
        if (!chosen.isEmpty()) {
            return left(row, "A condition of the policy leaves it out, or all that it hangs on.", chosen);
        }
        List<RowExplanation.Step> owner = up(row, this::hasOwner, " tells that a tenant who is not chosen owns it");
        return owner.isEmpty()
                ? left(row, "It belongs to nobody, and no row that is taken references it.", List.of())
                : left(
                        row,
                        "It belongs to tenants that are not chosen, and no row that is taken references it.",
                        owner);
    }

    private static RowExplanation left(SourceRow row, String reason, List<RowExplanation.Step> steps) {
        return new RowExplanation(row.relation(), false, reason, steps);
    }

    private TableScope scope(SourceRow row) {
        return scopes.of(row.relation());
    }

    /** Steps from a taken row to the one that decides. */
    private List<RowExplanation.Step> way(SourceRow first) throws SQLException {
        Map<SourceRow, Arrival> seen = new LinkedHashMap<>();
        Deque<SourceRow> open = new ArrayDeque<>(List.of(first));
        seen.put(first, new Arrival(Optional.empty(), ""));
        while (!open.isEmpty()) {
            SourceRow row = open.poll();
            Membership.Because because = membership.because(row).orElseThrow();
            if (because == Membership.Because.WHOLE_TABLE || because == Membership.Because.BELONGING) {
                List<RowExplanation.Step> steps = new ArrayList<>(steps(seen, row));
                steps.addAll(
                        because == Membership.Because.BELONGING
                                ? up(row, this::decides, " tells that it is a chosen tenant's")
                                : List.of(step(row, scope(row).words())));
                return steps;
            }
            for (Reference reference : scopes.references()) {
                Arrival arrival = new Arrival(
                        Optional.of(row),
                        "is referenced over " + reference.name() + " (" + String.join(", ", reference.columns()) + ")");
                Optional<String> condition =
                        membership.condition(scopes.scopes().get(reference.table()));
                if (condition.isPresent()) {
                    // One is as good as another.
                    search.referencing(row, reference, condition.get(), other -> {
                        arrive(other, arrival, seen, open);
                        return false;
                    });
                }
                search.referencing(row, reference, "TRUE", other -> {
                    if (membership.listed(other)) {
                        arrive(other, arrival, seen, open);
                    }
                    return !taken.belonging(scope(other).table()).contains(other.relation(), other.tid());
                });
                if (scope(row).kind() == TableScope.Kind.FOLLOWING) {
                    for (SourceRow other : search.referenced(row, reference)) {
                        if (membership.because(other).isPresent()) {
                            arrive(
                                    other,
                                    new Arrival(Optional.of(row), "follows over " + reference.inWords()),
                                    seen,
                                    open);
                        }
                    }
                }
            }
        }
        return List.of(step(first, scope(first).words()));
    }

    private static void arrive(SourceRow row, Arrival arrival, Map<SourceRow, Arrival> seen, Deque<SourceRow> open) {
        if (seen.putIfAbsent(row, arrival) == null) {
            open.add(row);
        }
    }

    private interface Goal {
        boolean reached(SourceRow row) throws SQLException;
    }

    private boolean decides(SourceRow row) throws SQLException {
        TableScope scope = scope(row);
        return membership.belongs(row) && (!scope.columns().isEmpty() || scope.byConditionAlone());
    }

    private boolean isChosen(SourceRow row) throws SQLException {
        return !scope(row).columns().isEmpty() && search.meets(row, sql.chosen(scope(row), "r"));
    }

    private boolean hasOwner(SourceRow row) throws SQLException {
        return !scope(row).columns().isEmpty()
                && search.meets(row, sql.owned(scope(row).table(), "r"));
    }

    /** Steps over the keys by which rows belong, to the first row that is the goal; none when there is no such row. */
    private List<RowExplanation.Step> up(SourceRow first, Goal goal, String words) throws SQLException {
        Map<SourceRow, Arrival> seen = new HashMap<>();
        Deque<SourceRow> open = new ArrayDeque<>(List.of(first));
        seen.put(first, new Arrival(Optional.empty(), ""));
        while (!open.isEmpty()) {
            SourceRow row = open.poll();
            if (goal.reached(row)) {
                List<RowExplanation.Step> steps = new ArrayList<>(steps(seen, row));
                steps.add(step(
                        row,
                        scope(row).columns().isEmpty()
                                ? "meets the policy's condition"
                                : String.join(" or ", scope(row).columns()) + words));
                return steps;
            }
            for (Reference path : scope(row).paths()) {
                for (SourceRow other : search.referenced(row, path)) {
                    if (scope(other).belongs()
                            && seen.putIfAbsent(
                                            other, new Arrival(Optional.of(row), "belongs through " + path.inWords()))
                                    == null) {
                        open.add(other);
                    }
                }
            }
        }
        return scopes.tenants().isEmpty() ? List.of(step(first, "hangs on no row that is left out")) : List.of();
    }

    /** The rows before the last one, in order, each with what of it leads on. */
    private List<RowExplanation.Step> steps(Map<SourceRow, Arrival> seen, SourceRow last) throws SQLException {
        Deque<RowExplanation.Step> steps = new ArrayDeque<>();
        Arrival arrival = seen.get(last);
        while (arrival.from().isPresent()) {
            SourceRow from = arrival.from().get();
            steps.addFirst(step(from, arrival.words()));
            arrival = seen.get(from);
        }
        return List.copyOf(steps);
    }

    private RowExplanation.Step step(SourceRow row, String words) throws SQLException {
        return new RowExplanation.Step(row.relation(), search.key(row), words);
    }
}
