package dev.caravan.source;

import dev.caravan.schema.TableName;
import dev.caravan.tenant.Reference;
import dev.caravan.tenant.RowSet;
import dev.caravan.tenant.TableScope;
import dev.caravan.tenant.TakenRows;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.TenantSql;
import dev.caravan.tenant.Tid;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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

    private static final int FETCH_ROWS = 10_000;

    private final Connection session;
    private final TenantScopes scopes;
    private final TenantSql sql;
    private final Map<Long, TableName> byOid;
    private final Runnable stopped;

    ConditionedRows(Connection session, TenantScopes scopes, Map<Long, TableName> byOid, Runnable stopped) {
        this.session = session;
        this.scopes = scopes;
        this.sql = new TenantSql(scopes);
        this.byOid = byOid;
        this.stopped = stopped;
    }

    void find(TakenRows taken) throws SQLException {
        Map<TableName, RowSet> kept = new HashMap<>();
        Map<TableName, RowSet> left = new HashMap<>();
        for (TableScope scope : scopes.scopes().values()) {
            if (scope.belongs() && scope.where().isPresent()) {
                query(
                        "SELECT tableoid, ctid, (" + scope.where().get() + "\n) IS TRUE FROM "
                                + sql.rows(scope.table()),
                        null,
                        row -> add(row.getBoolean(3) ? kept : left, scope.table(), row));
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
                query("SELECT tableoid, ctid FROM " + sql.rows(scope.table()), null, row -> {
                    TableName relation = byOid.get(row.getLong(1));
                    long tid = Tid.parse(row.getString(2));
                    if (!out.contains(relation, tid) || here.contains(relation, tid)) {
                        rows.add(relation, tid);
                    }
                });
            }
        }
    }

    private boolean add(Map<TableName, RowSet> sets, TableName table, ResultSet row) throws SQLException {
        return sets.computeIfAbsent(table, unused -> new RowSet())
                .add(byOid.get(row.getLong(1)), Tid.parse(row.getString(2)));
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
                query(
                        "SELECT r.tableoid, r.ctid FROM " + sql.rows(step.relation()) + " p JOIN "
                                + sql.rows(path.relation()) + " r ON " + sql.equal(path, "r", "p")
                                + " WHERE p.ctid = ANY (?)",
                        step,
                        row -> {
                            if (add(sets, path.table(), row)) {
                                found.add(byOid.get(row.getLong(1)), Tid.parse(row.getString(2)));
                            }
                        });
                steps(found, open);
            }
        }
    }

    private boolean hangs(Reference path, TableName relation) {
        return scopes.scopes().get(path.table()).paths().contains(path)
                && (path.referencedRelation().equals(relation)
                        || path.referencedRelation().equals(scopes.top(relation)));
    }

    private static void steps(RowSet rows, Deque<Step> open) {
        for (TableName relation : rows.relations()) {
            for (long[] tids : Tids.pieces(rows, relation, STEP_ROWS)) {
                open.add(new Step(relation, tids));
            }
        }
    }

    private interface EachRow {
        void take(ResultSet row) throws SQLException;
    }

    private void query(String query, Step step, EachRow each) throws SQLException {
        stopped.run();
        try (PreparedStatement statement = session.prepareStatement(query)) {
            statement.setFetchSize(FETCH_ROWS);
            if (step != null) {
                statement.setArray(1, session.createArrayOf("tid", Tids.texts(step.tids())));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.take(rows);
                }
            }
        }
    }
}
