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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the rows that taken rows need: up over their references, and never down again but for the tables that the policy lists under
 * {@code follow}. A row that is another tenant's is not needed: what becomes of the reference, the request says. Not thread-safe.
 */
final class ReferencedRows {
    private final TenantScopes scopes;
    private final TenantSql sql;
    private final RowQueries queries;
    private final TakenRows taken;
    private final BelongingRows belonging;
    private final Optional<BelongingRows> unconditioned;
    private final CrossTenantReferences crossing;
    private final Owners owners;
    private final Steps steps;

    /**
     * @param taken gets the rows
     * @param belonging whose references are followed
     * @param unconditioned what belongs when the policy's conditions are left aside, where it has any: no row of these is another tenant's
     */
    ReferencedRows(
            TenantScopes scopes,
            RowQueries queries,
            TakenRows taken,
            BelongingRows belonging,
            Optional<BelongingRows> unconditioned) {
        this.scopes = scopes;
        this.sql = new TenantSql(scopes);
        this.queries = queries;
        this.taken = taken;
        this.belonging = belonging;
        this.unconditioned = unconditioned;
        this.crossing = new CrossTenantReferences(scopes);
        this.owners = new Owners(scopes, queries);
        this.steps = new Steps(scopes);
    }

    /** @throws dev.caravan.schema.CaravanException {@code cross-tenant-reference} */
    void find() throws SQLException {
        for (Reference reference : scopes.references()) {
            begin(reference);
        }
        for (Steps.Step step = steps.next(); step != null; step = steps.next()) {
            for (Reference reference : scopes.references()) {
                TableScope to = scopes.scopes().get(reference.referenced());
                if (steps.comeFrom(reference, step.relation()) && to.kind() != TableScope.Kind.ALL) {
                    references(reference, to, "r.ctid = ANY (" + RowQueries.TIDS + ")", Optional.of(step));
                }
                if (steps.leadTo(reference, step.relation())
                        && scopes.scopes().get(reference.table()).kind() == TableScope.Kind.FOLLOWING) {
                    follow(reference, Optional.of(step));
                }
            }
        }
        crossing.throwIfAny();
    }

    /** Follows a key from the rows that are taken already. */
    private void begin(Reference reference) throws SQLException {
        TableScope from = scopes.scopes().get(reference.table());
        TableScope to = scopes.scopes().get(reference.referenced());
        if (from.kind() == TableScope.Kind.FOLLOWING && to.kind() == TableScope.Kind.ALL) {
            follow(reference, Optional.empty());
        }
        if (!mayLeadOut(reference, from, to)) {
            return;
        }
        if (belonging.listed(from)) {
            RowSet rows = belonging.rows(from);
            for (TableName relation : List.copyOf(rows.relations())) {
                if (steps.comeFrom(reference, relation)) {
                    for (long[] tids : Tids.pieces(rows, relation, Steps.ROWS)) {
                        references(
                                reference,
                                to,
                                "r.ctid = ANY (" + RowQueries.TIDS + ")",
                                Optional.of(new Steps.Step(relation, tids)));
                    }
                }
            }
        } else if (from.kind() == TableScope.Kind.ALL) {
            references(reference, to, "TRUE", Optional.empty());
        } else if (from.belongs()) {
            references(reference, to, belonging.condition(from.table(), "r").orElseThrow(), Optional.empty());
        }
    }

    /** Not where the rows belong because of what they reference over this very key. */
    private boolean mayLeadOut(Reference reference, TableScope from, TableScope to) {
        boolean decides = from.columns().equals(reference.columns())
                && scopes.root()
                        .filter(root -> root.table().equals(reference.referenced())
                                && reference.referencedColumns().equals(List.of(root.column())))
                        .isPresent();
        boolean onlyPath = from.paths().equals(List.of(reference))
                && reference.unique()
                && !to.where().isPresent();
        boolean aCondition = sql.referenced(to.table(), "p").isPresent();
        return to.kind() != TableScope.Kind.ALL
                && !aCondition
                && !(from.belongs() && (decides && to.where().isEmpty() || onlyPath));
    }

    /** A row that a key leads to, and the row that it comes from where that matters. */
    private record Reached(SourceRow row, Optional<SourceRow> from) {}

    /** Asks for the rows that some rows reference, and takes those that are not taken yet. */
    private void references(Reference reference, TableScope to, String which, Optional<Steps.Step> step)
            throws SQLException {
        boolean pairs = to.belongs() && scopes.crossTenant() == CopyRequest.CrossTenant.NULLIFY;
        boolean exact = sql.ownedIsExact(to.table());
        List<Reached> doubtful = new ArrayList<>();
        each(query(reference, to, which, step, pairs), step, row -> {
            SourceRow reached = queries.row(row, 1);
            if (to.belongs() && belonging.contains(to, reached)) {
                return;
            }
            if (!row.is(3)
                    || unconditioned.filter(it -> it.contains(to, reached)).isPresent()) {
                steps.add(taken.referenced(to.table()), reached);
                return;
            }
            Optional<SourceRow> referencing = pairs ? Optional.of(queries.row(row, 4)) : Optional.empty();
            if (exact) {
                crossed(reference, reached, referencing);
            } else {
                doubtful.add(new Reached(reached, referencing));
            }
        });
        Set<SourceRow> owned =
                owners.owned(doubtful.stream().map(Reached::row).distinct().toList());
        for (Reached one : doubtful) {
            if (owned.contains(one.row())) {
                crossed(reference, one.row(), one.from());
            } else {
                steps.add(taken.referenced(to.table()), one.row());
            }
        }
    }

    /** Rows that are referenced, whether each may be another tenant's, and, in pairs, the rows that reference them. */
    private String query(Reference reference, TableScope to, String which, Optional<Steps.Step> step, boolean pairs) {
        String from = sql.rows(step.map(Steps.Step::relation).orElse(reference.relation()));
        String outside = belonging
                .condition(to.table(), "p")
                .or(() -> sql.referenced(to.table(), "p"))
                .map(belongs -> " AND (" + belongs + ") IS NOT TRUE")
                .orElse("");
        String leftOut = unconditioned
                .flatMap(it -> it.condition(to.table(), "p"))
                .map(belongs -> " AND (" + belongs + ") IS NOT TRUE")
                .orElse("");
        String others = to.belongs() ? sql.owned(to.table(), "p") + leftOut : "FALSE";
        String referenced = sql.rows(reference.referencedRelation()) + " p";
        String join = sql.equal(reference, "r", "p");
        if (pairs) {
            return "SELECT p.tableoid, p.ctid, " + others + ", r.tableoid, r.ctid FROM " + from + " r JOIN "
                    + referenced + " ON " + join + " WHERE " + which + outside;
        }
        return step.isPresent()
                ? "SELECT DISTINCT p.tableoid, p.ctid, " + others + " FROM " + from + " r JOIN " + referenced + " ON "
                        + join + " WHERE " + which + outside
                : "SELECT p.tableoid, p.ctid, " + others + " FROM " + referenced + " WHERE EXISTS (SELECT 1 FROM "
                        + from + " r WHERE " + join + " AND " + which + leadingOut(reference, to) + ")" + outside;
    }

    /**
     * Of the rows that reference, only those whose referenced row does not belong: hardly any, where the whole referenced table would be read to
     * find them from its side. A key that leads to several rows may lead to both kinds.
     */
    private String leadingOut(Reference reference, TableScope to) {
        return !reference.unique()
                ? ""
                : belonging
                        .condition(to.table(), "k")
                        .map(belongs -> " AND NOT EXISTS (SELECT 1 FROM " + sql.rows(reference.referencedRelation())
                                + " k WHERE " + sql.equal(reference, "r", "k") + " AND (" + belongs + "))")
                        .orElse("");
    }

    /** What happens to a reference into another tenant. */
    private void crossed(Reference reference, SourceRow row, Optional<SourceRow> from) {
        switch (scopes.crossTenant()) {
            case FAIL -> crossing.found(reference, row.relation(), row.tid());
            case INCLUDE -> steps.add(taken.included(reference.referenced()), row);
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
                + " r ON " + sql.equal(reference, "r", "p")
                + (step.isPresent() ? " WHERE p.ctid = ANY (" + RowQueries.TIDS + ")" : "");
        RowSet rows = taken.referenced(reference.table());
        each(query, step, row -> steps.add(rows, queries.row(row, 1)));
    }

    private void each(String query, Optional<Steps.Step> step, RowQueries.Each each) throws SQLException {
        if (step.isPresent()) {
            queries.each(query, step.get().tids(), each);
        } else {
            queries.each(query, each);
        }
    }
}
