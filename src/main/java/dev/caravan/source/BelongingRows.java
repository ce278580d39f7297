package dev.caravan.source;

import dev.caravan.schema.TableName;
import dev.caravan.tenant.Reference;
import dev.caravan.tenant.RowSet;
import dev.caravan.tenant.TableScope;
import dev.caravan.tenant.TakenRows;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.TenantSql;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Finds the rows that belong to the chosen tenants: down from the tenants' own, over every key that leads to one. Rows that a condition
 * can name stay a condition and are not listed. Not thread-safe.
 */
final class BelongingRows {
    private final TenantScopes scopes;
    private final TenantSql sql;
    private final RowQueries queries;
    private final TakenRows taken;
    private final Steps steps;

    /** @param taken gets the rows */
    BelongingRows(TenantScopes scopes, RowQueries queries, TakenRows taken) {
        this.scopes = scopes;
        this.sql = new TenantSql(scopes);
        this.queries = queries;
        this.taken = taken;
        this.steps = new Steps(scopes);
    }

    void find() throws SQLException {
        for (TableScope scope : scopes.scopes().values()) {
            if (listed(scope)) {
                begin(scope);
            }
        }
        for (Steps.Step step = steps.next(); step != null; step = steps.next()) {
            for (Reference path : scopes.references()) {
                TableScope scope = scopes.scopes().get(path.table());
                if (steps.leadTo(path, step.relation()) && scope.paths().contains(path) && listed(scope)) {
                    RowSet rows = taken.belonging(path.table());
                    queries.each(
                            "SELECT r.tableoid, r.ctid FROM " + sql.rows(step.relation()) + " p JOIN "
                                    + sql.conditioned(path.relation()) + " r ON " + sql.equal(path, "r", "p")
                                    + " WHERE p.ctid = ANY (" + RowQueries.TIDS + ")",
                            step.tids(),
                            row -> steps.add(rows, queries.row(row, 1)));
                }
            }
        }
    }

    /** Finds what belongs by the row itself, and by rows that a condition names. */
    private void begin(TableScope scope) throws SQLException {
        RowSet rows = taken.belonging(scope.table());
        if (!scope.columns().isEmpty()) {
            queries.each(
                    "SELECT r.tableoid, r.ctid FROM " + sql.conditioned(scope.table()) + " r WHERE "
                            + sql.chosen(scope, "r"),
                    row -> steps.add(rows, queries.row(row, 1)));
        }
        if (scope.byConditionAlone()) {
            queries.each(
                    "SELECT r.tableoid, r.ctid FROM " + sql.conditioned(scope.table()) + " r",
                    row -> steps.add(rows, queries.row(row, 1)));
        }
        for (Reference path : scope.paths()) {
            Optional<String> parent = sql.belongs(path.referenced(), "p");
            if (parent.isPresent()) {
                queries.each(
                        "SELECT r.tableoid, r.ctid FROM " + sql.conditioned(path.relation())
                                + " r WHERE EXISTS (SELECT 1 FROM " + sql.rows(path.referencedRelation()) + " p WHERE "
                                + sql.equal(path, "r", "p") + " AND " + parent.get() + ")",
                        row -> steps.add(rows, queries.row(row, 1)));
            }
        }
    }

    /** Whose rows no condition names, over several keys or in a circle. */
    boolean listed(TableScope scope) {
        return scope.belongs() && condition(scope.table(), "r").isEmpty();
    }

    /** The condition that names a table's rows; absent where they are listed, and where none belong. */
    Optional<String> condition(TableName table, String alias) {
        return sql.belongs(table, alias);
    }

    /** The rows of a table that are listed. */
    RowSet rows(TableScope scope) {
        return taken.belonging(scope.table());
    }

    /** Whether a row is listed. */
    boolean contains(TableScope scope, SourceRow row) {
        return rows(scope).contains(row.relation(), row.tid());
    }
}
