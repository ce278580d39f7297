package dev.caravan.source;

import dev.caravan.job.CopyRequest;
import dev.caravan.schema.TableName;
import dev.caravan.tenant.CrossTenantReferences;
import dev.caravan.tenant.Reference;
import dev.caravan.tenant.RowSet;
import dev.caravan.tenant.TableScope;
import dev.caravan.tenant.TakenRows;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.TenantSql;
import dev.caravan.tenant.Tid;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves on the source, under the job's snapshot, which rows a tenant scope takes. Only keys and places of rows are asked for, and
 * nothing is written: it works on a standby. Rows that a condition can name stay a condition and are not listed.
 *
 * <p>Belonging goes down from the tenants' rows, over every key that leads to one; references go up from what belongs, and never down
 * again but for the tables that the policy lists under {@code follow}. Each step asks for what the rows found last lead to, so that
 * circles end.
 */
final class TenantRows {
    private static final int FETCH_ROWS = 10_000;

    private final Connection session;
    private final TenantScopes scopes;
    private final TenantSql sql;
    private final Runnable stopped;
    private final TakenRows taken;
    private final CrossTenantReferences crossing;
    private final Owners owners;
    private final Steps steps;
    private final Map<Long, TableName> byOid = new HashMap<>();
    /** What belongs when the policy's conditions are left aside, where it has any: no row of these is another tenant's. */
    private final Optional<TenantRows> unconditioned;

    private TenantRows(Connection session, TenantScopes scopes, Runnable stopped) {
        this.session = session;
        this.scopes = scopes;
        this.sql = new TenantSql(scopes);
        this.stopped = stopped;
        this.taken = new TakenRows(scopes);
        this.crossing = new CrossTenantReferences(scopes);
        boolean conditions = scopes.scopes().values().stream()
                .anyMatch(scope -> scope.where().isPresent());
        this.unconditioned = conditions && !scopes.tenants().isEmpty()
                ? Optional.of(new TenantRows(session, scopes.unconditioned(), stopped))
                : Optional.empty();
        scopes.relations().forEach((name, table) -> byOid.put(table.oid(), name));
        this.owners = new Owners(session, scopes, byOid);
        this.steps = new Steps(scopes);
    }

    /**
     * @param session a session under the snapshot, in a transaction
     * @param stopped asked between queries; throws when the job is to stop
     * @throws dev.caravan.schema.CaravanException {@code tenant-unknown}, {@code cross-tenant-reference}, {@code tenant-scope}
     */
    static TakenRows resolve(Connection session, TenantScopes scopes, Runnable stopped) throws SQLException {
        TenantRows rows = new TenantRows(session, scopes, stopped);
        KnownTenants.check(session, scopes);
        if (scopes.tenants().isEmpty()) {
            new ConditionedRows(session, scopes, rows.byOid, stopped).find(rows.taken);
        } else {
            rows.descend();
            if (rows.unconditioned.isPresent()) {
                rows.unconditioned.get().descend();
            }
        }
        rows.ascend();
        rows.crossing.throwIfAny();
        ByPages.choose(session, scopes).forEach(rows.taken::readByPages);
        return rows.taken;
    }

    /** Whose rows no condition names, over several keys or in a circle. */
    private boolean listed(TableScope scope) {
        return scope.belongs() && sql.belongs(scope.table(), "r").isEmpty();
    }

    private void descend() throws SQLException {
        for (TableScope scope : scopes.scopes().values()) {
            if (!listed(scope)) {
                continue;
            }
            if (!scope.columns().isEmpty()) {
                belonging(
                        scope.table(),
                        "SELECT r.tableoid, r.ctid FROM " + sql.conditioned(scope.table()) + " r WHERE "
                                + sql.chosen(scope, "r"),
                        Optional.empty());
            }
            for (Reference path : scope.paths()) {
                Optional<String> parent = sql.belongs(path.referenced(), "p");
                if (parent.isPresent()) {
                    belonging(
                            scope.table(),
                            "SELECT r.tableoid, r.ctid FROM " + sql.conditioned(path.relation())
                                    + " r WHERE EXISTS (SELECT 1 FROM " + sql.rows(path.referencedRelation())
                                    + " p WHERE " + sql.equal(path, "r", "p") + " AND " + parent.get() + ")",
                            Optional.empty());
                }
            }
        }
        for (Steps.Step step = steps.next(); step != null; step = steps.next()) {
            for (Reference path : scopes.references()) {
                TableScope scope = scopes.scopes().get(path.table());
                if (steps.leadTo(path, step.relation()) && scope.paths().contains(path) && listed(scope)) {
                    belonging(
                            path.table(),
                            "SELECT r.tableoid, r.ctid FROM " + sql.rows(step.relation()) + " p JOIN "
                                    + sql.conditioned(path.relation()) + " r ON " + sql.equal(path, "r", "p")
                                    + " WHERE p.ctid = ANY (?)",
                            Optional.of(step));
                }
            }
        }
    }

    private void belonging(TableName table, String query, Optional<Steps.Step> step) throws SQLException {
        RowSet rows = taken.belonging(table);
        query(query, step, row -> {
            TableName relation = byOid.get(row.getLong(1));
            steps.add(rows, relation, Tid.parse(row.getString(2)));
        });
    }

    private void ascend() throws SQLException {
        steps.forget();
        for (Reference reference : scopes.references()) {
            TableScope from = scopes.scopes().get(reference.table());
            TableScope to = scopes.scopes().get(reference.referenced());
            if (from.kind() == TableScope.Kind.FOLLOWING && to.kind() == TableScope.Kind.ALL) {
                follow(reference, Optional.empty());
            }
            if (!mayLeadOut(reference, from, to)) {
                continue;
            }
            if (listed(from)) {
                for (TableName relation :
                        List.copyOf(taken.belonging(from.table()).relations())) {
                    if (steps.comeFrom(reference, relation)) {
                        for (long[] tids : Tids.pieces(taken.belonging(from.table()), relation, Steps.ROWS)) {
                            references(reference, to, "r.ctid = ANY (?)", Optional.of(new Steps.Step(relation, tids)));
                        }
                    }
                }
            } else if (from.kind() == TableScope.Kind.ALL) {
                references(reference, to, "TRUE", Optional.empty());
            } else if (from.belongs()) {
                references(reference, to, sql.belongs(from.table(), "r").orElseThrow(), Optional.empty());
            }
        }
        for (Steps.Step step = steps.next(); step != null; step = steps.next()) {
            for (Reference reference : scopes.references()) {
                TableScope to = scopes.scopes().get(reference.referenced());
                if (steps.comeFrom(reference, step.relation()) && to.kind() != TableScope.Kind.ALL) {
                    references(reference, to, "r.ctid = ANY (?)", Optional.of(step));
                }
                if (steps.leadTo(reference, step.relation())
                        && scopes.scopes().get(reference.table()).kind() == TableScope.Kind.FOLLOWING) {
                    follow(reference, Optional.of(step));
                }
            }
        }
    }

    /** Not where the rows belong because of what they reference over this very key. */
    private boolean mayLeadOut(Reference reference, TableScope from, TableScope to) {
        boolean decides = from.columns().equals(reference.columns())
                && scopes.root()
                        .filter(root -> root.table().equals(reference.referenced())
                                && reference.referencedColumns().equals(List.of(root.column())))
                        .isPresent();
        boolean onlyPath =
                from.paths().equals(List.of(reference)) && !to.where().isPresent();
        boolean aCondition = sql.referenced(to.table(), "p").isPresent();
        return to.kind() != TableScope.Kind.ALL
                && !aCondition
                && !(from.belongs() && (decides && to.where().isEmpty() || onlyPath));
    }

    /** Asks for the rows that some rows reference, and takes those that are not taken yet. */
    private void references(Reference reference, TableScope to, String which, Optional<Steps.Step> step)
            throws SQLException {
        String from = sql.rows(step.map(Steps.Step::relation).orElse(reference.relation()));
        String outside = sql.belongs(to.table(), "p")
                .or(() -> sql.referenced(to.table(), "p"))
                .map(belongs -> " AND (" + belongs + ") IS NOT TRUE")
                .orElse("");
        String leftOut = unconditioned
                .flatMap(it -> it.sql.belongs(to.table(), "p"))
                .map(belongs -> " AND (" + belongs + ") IS NOT TRUE")
                .orElse("");
        String others = to.belongs() ? sql.owned(to.table(), "p") + leftOut : "FALSE";
        boolean pairs = to.belongs() && scopes.crossTenant() == CopyRequest.CrossTenant.NULLIFY;
        String join = sql.equal(reference, "r", "p");
        String query = pairs
                ? "SELECT p.tableoid, p.ctid, " + others + ", r.tableoid, r.ctid FROM " + from + " r JOIN "
                        + sql.rows(reference.referencedRelation()) + " p ON " + join + " WHERE " + which + outside
                : step.isPresent()
                        ? "SELECT DISTINCT p.tableoid, p.ctid, " + others + " FROM " + from + " r JOIN "
                                + sql.rows(reference.referencedRelation()) + " p ON " + join + " WHERE " + which
                                + outside
                        : "SELECT p.tableoid, p.ctid, " + others + " FROM " + sql.rows(reference.referencedRelation())
                                + " p WHERE EXISTS (SELECT 1 FROM " + from + " r WHERE " + join + " AND " + which + ")"
                                + outside;
        List<Reached> doubtful = new ArrayList<>();
        boolean exact = sql.ownedIsExact(to.table());
        query(query, step, row -> {
            Owners.Row reached = new Owners.Row(byOid.get(row.getLong(1)), Tid.parse(row.getString(2)));
            if (to.belongs() && taken.belonging(to.table()).contains(reached.relation(), reached.tid())) {
                return;
            }
            if (!row.getBoolean(3)
                    || unconditioned.filter(it -> it.lists(to, reached)).isPresent()) {
                steps.add(taken.referenced(to.table()), reached.relation(), reached.tid());
                return;
            }
            Optional<Owners.Row> referencing = pairs
                    ? Optional.of(new Owners.Row(byOid.get(row.getLong(4)), Tid.parse(row.getString(5))))
                    : Optional.empty();
            if (exact) {
                crossed(reference, reached, referencing);
            } else {
                doubtful.add(new Reached(reached, referencing));
            }
        });
        Set<Owners.Row> owned =
                owners.owned(doubtful.stream().map(Reached::row).distinct().toList());
        for (Reached one : doubtful) {
            if (owned.contains(one.row())) {
                crossed(reference, one.row(), one.from());
            } else {
                steps.add(
                        taken.referenced(to.table()),
                        one.row().relation(),
                        one.row().tid());
            }
        }
    }

    private boolean lists(TableScope scope, Owners.Row row) {
        return taken.belonging(scope.table()).contains(row.relation(), row.tid());
    }

    /** A row that a key leads to, and the row that it comes from where that matters. */
    private record Reached(Owners.Row row, Optional<Owners.Row> from) {}

    /** What happens to a reference into another tenant. */
    private void crossed(Reference reference, Owners.Row row, Optional<Owners.Row> from) {
        switch (scopes.crossTenant()) {
            case FAIL -> crossing.found(reference);
            case INCLUDE -> steps.add(taken.included(reference.referenced()), row.relation(), row.tid());
            case NULLIFY -> {
                Optional<List<String>> columns = crossing.emptied(reference);
                if (columns.isPresent()) {
                    taken.emptied(reference, columns.get())
                            .add(
                                    from.orElseThrow().relation(),
                                    from.orElseThrow().tid());
                }
            }
        }
    }

    /** Takes the rows of a table under follow that reference rows taken before. */
    private void follow(Reference reference, Optional<Steps.Step> step) throws SQLException {
        String parent = sql.rows(step.map(Steps.Step::relation).orElse(reference.referencedRelation()));
        String query = "SELECT DISTINCT r.tableoid, r.ctid FROM " + parent + " p JOIN " + sql.rows(reference.relation())
                + " r ON " + sql.equal(reference, "r", "p") + (step.isPresent() ? " WHERE p.ctid = ANY (?)" : "");
        RowSet rows = taken.referenced(reference.table());
        query(query, step, row -> steps.add(rows, byOid.get(row.getLong(1)), Tid.parse(row.getString(2))));
    }

    private interface EachRow {
        void take(ResultSet row) throws SQLException;
    }

    private void query(String query, Optional<Steps.Step> step, EachRow each) throws SQLException {
        stopped.run();
        try (PreparedStatement statement = session.prepareStatement(query)) {
            statement.setFetchSize(FETCH_ROWS);
            if (step.isPresent()) {
                Array tids = session.createArrayOf("tid", Tids.texts(step.get().tids()));
                statement.setArray(1, tids);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.take(rows);
                }
            }
        }
    }
}
