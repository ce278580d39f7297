package dev.caravan.source;

import dev.caravan.schema.TableName;
import dev.caravan.tenant.Reference;
import dev.caravan.tenant.RowSet;
import dev.caravan.tenant.TableScope;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.TenantSql;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds out whether rows belong to any tenant at all, where their keys go in circles or far, so that no condition on one row says it:
 * follows what they reference until a tenant column is reached. Remembers what it found. Not thread-safe.
 */
final class Owners {
    private static final int STEP_ROWS = 10_000;

    private final TenantScopes scopes;
    private final TenantSql sql;
    private final RowQueries queries;
    private final RowSet owned = new RowSet();
    private final RowSet unowned = new RowSet();

    Owners(TenantScopes scopes, RowQueries queries) {
        this.scopes = scopes;
        this.sql = new TenantSql(scopes);
        this.queries = queries;
    }

    /** Those of the rows that belong to a tenant. */
    Set<SourceRow> owned(Collection<SourceRow> rows) throws SQLException {
        Map<SourceRow, List<SourceRow>> referencing = new HashMap<>();
        Set<SourceRow> seen = new HashSet<>();
        Deque<SourceRow> reached = new ArrayDeque<>();
        Map<TableName, List<Long>> open = new TreeMap<>();
        rows.forEach(row -> look(row, seen, reached, open));
        while (!open.isEmpty()) {
            Map<TableName, List<Long>> now = new TreeMap<>(open);
            open.clear();
            for (Map.Entry<TableName, List<Long>> one : now.entrySet()) {
                for (int from = 0; from < one.getValue().size(); from += STEP_ROWS) {
                    long[] tids =
                            one.getValue().subList(from, Math.min(one.getValue().size(), from + STEP_ROWS)).stream()
                                    .mapToLong(Long::longValue)
                                    .toArray();
                    follow(one.getKey(), tids, referencing, seen, reached, open);
                }
            }
        }
        while (!reached.isEmpty()) {
            SourceRow row = reached.poll();
            if (owned.add(row.relation(), row.tid()) || referencing.containsKey(row)) {
                reached.addAll(referencing.getOrDefault(row, List.of()));
                referencing.remove(row);
            }
        }
        seen.stream()
                .filter(row -> !owned.contains(row.relation(), row.tid()))
                .forEach(row -> unowned.add(row.relation(), row.tid()));
        Set<SourceRow> found = new HashSet<>(rows);
        found.removeIf(row -> !owned.contains(row.relation(), row.tid()));
        return found;
    }

    private void look(SourceRow row, Set<SourceRow> seen, Deque<SourceRow> reached, Map<TableName, List<Long>> open) {
        if (!seen.add(row)) {
            return;
        }
        if (owned.contains(row.relation(), row.tid())) {
            reached.add(row);
        } else if (!unowned.contains(row.relation(), row.tid())) {
            open.computeIfAbsent(row.relation(), unused -> new ArrayList<>()).add(row.tid());
        }
    }

    private void follow(
            TableName relation,
            long[] tids,
            Map<SourceRow, List<SourceRow>> referencing,
            Set<SourceRow> seen,
            Deque<SourceRow> reached,
            Map<TableName, List<Long>> open)
            throws SQLException {
        TableScope scope = scopes.of(relation);
        for (Reference path : scope.paths()) {
            if (!scopes.holds(path.relation(), relation)) {
                continue;
            }
            TableScope parent = scopes.scopes().get(path.referenced());
            boolean told = !parent.columns().isEmpty();
            queries.each(
                    "SELECT r.tableoid, r.ctid, p.tableoid, p.ctid FROM " + sql.rows(relation) + " r JOIN "
                            + sql.rows(path.referencedRelation()) + " p ON " + sql.equal(path, "r", "p")
                            + " WHERE r.ctid = ANY (" + RowQueries.TIDS + ")"
                            + (told ? " AND " + sql.owned(parent.table(), "p") : ""),
                    tids,
                    found -> {
                        SourceRow row = queries.row(found, 1);
                        if (told) {
                            reached.add(row);
                        } else {
                            SourceRow other = queries.row(found, 3);
                            referencing
                                    .computeIfAbsent(other, unused -> new ArrayList<>())
                                    .add(row);
                            look(other, seen, reached, open);
                        }
                    });
        }
    }
}
