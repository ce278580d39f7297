package dev.caravan.source;

import dev.caravan.schema.TableName;
import dev.caravan.tenant.Reference;
import dev.caravan.tenant.RowSet;
import dev.caravan.tenant.TableScope;
import dev.caravan.tenant.TakenRows;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.TenantSql;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds which rows the policy's conditions leave where all tenants are copied. In a table with a condition it alone decides. In a table that
 * hangs on such ones a row is left out when it hangs, over whatever others, on rows left out and on none that is kept; a row that hangs
 * on neither is kept. Not thread-safe.
 */
final class ConditionedRows {
    /** Every step may read a whole table, where no index begins with the referencing columns. */
    private static final int STEP_ROWS = 100_000;

    private final TenantScopes scopes;
    private final TenantSql sql;
    private final RowQueries queries;

    ConditionedRows(TenantScopes scopes, RowQueries queries) {
        this.scopes = scopes;
        this.sql = new TenantSql(scopes);
        this.queries = queries;
    }

    void find(TakenRows taken) throws SQLException {
        Map<TableName, RowSet> kept = new HashMap<>();
        Map<TableName, RowSet> left = new HashMap<>();
        for (TableScope scope : scopes.scopes().values()) {
            if (scope.belongs() && scope.where().isPresent()) {
                queries.each(
                        "SELECT tableoid, ctid, (" + scope.where().get() + "\n) IS TRUE FROM "
                                + sql.rows(scope.table()),
                        row -> add(row.is(3) ? kept : left, scope.table(), queries.row(row, 1)));
            }
        }
        descend(kept);
        descend(left);
        for (TableScope scope : scopes.scopes().values()) {
            if (!scope.belongs()) {
                continue;
            }
            RowSet rows = taken.belonging(scope.table());
            RowSet here = kept.getOrDefault(scope.table(), new RowSet());
            RowSet out = left.getOrDefault(scope.table(), new RowSet());
            if (scope.where().isPresent()) {
                rows.addAll(here);
            } else {
                queries.each("SELECT tableoid, ctid FROM " + sql.rows(scope.table()), row -> {
                    SourceRow found = queries.row(row, 1);
                    if (!out.contains(found.relation(), found.tid()) || here.contains(found.relation(), found.tid())) {
                        rows.add(found.relation(), found.tid());
                    }
                });
            }
        }
    }

    private static boolean add(Map<TableName, RowSet> sets, TableName table, SourceRow row) {
        return sets.computeIfAbsent(table, unused -> new RowSet()).add(row.relation(), row.tid());
    }

    /** Rows of one table or partition on which others may hang. */
    private record Step(TableName relation, long[] tids) {}

    /** Adds what hangs on the rows, and on that, until nothing new is found. */
    private void descend(Map<TableName, RowSet> sets) throws SQLException {
        Deque<Step> open = new ArrayDeque<>();
        for (RowSet rows : sets.values()) {
            steps(rows, open);
        }
        while (!open.isEmpty()) {
            Step step = open.poll();
            for (Reference path : scopes.references()) {
                if (!hangs(path, step.relation())) {
                    continue;
                }
                RowSet found = new RowSet();
                queries.each(
                        "SELECT r.tableoid, r.ctid FROM " + sql.rows(step.relation()) + " p JOIN "
                                + sql.rows(path.relation()) + " r ON " + sql.equal(path, "r", "p")
                                + " WHERE p.ctid = ANY (" + RowQueries.TIDS + ")",
                        step.tids(),
                        row -> {
                            SourceRow hanging = queries.row(row, 1);
                            if (add(sets, path.table(), hanging)) {
                                found.add(hanging.relation(), hanging.tid());
                            }
                        });
                steps(found, open);
            }
        }
    }

    private boolean hangs(Reference path, TableName relation) {
        return scopes.scopes().get(path.table()).paths().contains(path)
                && scopes.holds(path.referencedRelation(), relation);
    }

    private static void steps(RowSet rows, Deque<Step> open) {
        for (TableName relation : rows.relations()) {
            for (long[] tids : Tids.pieces(rows, relation, STEP_ROWS)) {
                open.add(new Step(relation, tids));
            }
        }
    }
}
