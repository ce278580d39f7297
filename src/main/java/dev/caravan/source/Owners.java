package dev.caravan.source;

import dev.caravan.schema.TableName;
import dev.caravan.tenant.Reference;
import dev.caravan.tenant.RowSet;
import dev.caravan.tenant.TableScope;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.TenantSql;
import dev.caravan.tenant.Tid;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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

    private final Connection session;
    private final TenantScopes scopes;
    private final TenantSql sql;
    private final Map<Long, TableName> byOid;
    private final RowSet owned = new RowSet();
    private final RowSet unowned = new RowSet();

    /** A row by its table or partition and its place. */
    record Row(TableName relation, long tid) {}

    Owners(Connection session, TenantScopes scopes, Map<Long, TableName> byOid) {
        this.session = session;
        this.scopes = scopes;
        this.sql = new TenantSql(scopes);
        this.byOid = byOid;
    }

    /** Those of the rows that belong to a tenant. */
    Set<Row> owned(Collection<Row> rows) throws SQLException {
        Map<Row, List<Row>> referencing = new HashMap<>();
        Set<Row> seen = new HashSet<>();
        Deque<Row> reached = new ArrayDeque<>();
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
            Row row = reached.poll();
            if (owned.add(row.relation(), row.tid()) || referencing.containsKey(row)) {
                reached.addAll(referencing.getOrDefault(row, List.of()));
                referencing.remove(row);
            }
        }
        seen.stream()
                .filter(row -> !owned.contains(row.relation(), row.tid()))
                .forEach(row -> unowned.add(row.relation(), row.tid()));
        Set<Row> found = new HashSet<>(rows);
        found.removeIf(row -> !owned.contains(row.relation(), row.tid()));
        return found;
    }

    private void look(Row row, Set<Row> seen, Deque<Row> reached, Map<TableName, List<Long>> open) {
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
            Map<Row, List<Row>> referencing,
            Set<Row> seen,
            Deque<Row> reached,
            Map<TableName, List<Long>> open)
            throws SQLException {
        TableScope scope = scopes.of(relation);
        for (Reference path : scope.paths()) {
            if (!path.relation().equals(relation) && !path.relation().equals(scope.table())) {
                continue;
            }
            TableScope parent = scopes.scopes().get(path.referenced());
            boolean told = !parent.columns().isEmpty();
            String query = "SELECT r.ctid, p.tableoid, p.ctid FROM " + sql.rows(relation) + " r JOIN "
                    + sql.rows(path.referencedRelation()) + " p ON " + sql.equal(path, "r", "p")
                    + " WHERE r.ctid = ANY (?)" + (told ? " AND " + sql.owned(parent.table(), "p") : "");
            try (PreparedStatement statement = session.prepareStatement(query)) {
                statement.setArray(1, session.createArrayOf("tid", Tids.texts(tids)));
                try (ResultSet found = statement.executeQuery()) {
                    while (found.next()) {
                        Row row = new Row(relation, Tid.parse(found.getString(1)));
                        if (told) {
                            reached.add(row);
                        } else {
                            Row other = new Row(byOid.get(found.getLong(2)), Tid.parse(found.getString(3)));
                            referencing
                                    .computeIfAbsent(other, unused -> new ArrayList<>())
                                    .add(row);
                            look(other, seen, reached, open);
                        }
                    }
                }
            }
        }
    }
}
