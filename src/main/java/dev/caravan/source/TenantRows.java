package dev.caravan.source;

import dev.caravan.tenant.TakenRows;
import dev.caravan.tenant.TenantScopes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Resolves on the source, under the job's snapshot, which rows a tenant scope takes. Only keys and places of rows are asked for, and
 * nothing is written: it works on a standby. Rows that a condition can name stay a condition and are not listed.
 *
 * <p>{@link BelongingRows} goes down from the tenants' rows, {@link ReferencedRows} up from what belongs. Each step asks for what the rows
 * found last lead to, so that circles end.
 */
final class TenantRows {
    private TenantRows() {}

    /**
     * @param session a session under the snapshot, in a transaction
     * @param stopped asked between queries; throws when the job is to stop
     * @throws dev.caravan.schema.CaravanException {@code tenant-unknown}, {@code cross-tenant-reference}, {@code tenant-scope}
     */
    static TakenRows resolve(Connection session, TenantScopes scopes, Runnable stopped) throws SQLException {
        KnownTenants.check(session, scopes);
        // No rows are read for the job yet, and nothing goes on before all are found.
        set(session, "RESET max_parallel_workers_per_gather");
        RowQueries queries = new RowQueries(session, scopes, stopped);
        TakenRows taken = new TakenRows(scopes);
        BelongingRows belonging = new BelongingRows(scopes, queries, taken);
        Optional<BelongingRows> unconditioned = unconditioned(scopes, queries);
        if (scopes.tenants().isEmpty()) {
            new ConditionedRows(scopes, queries).find(taken);
        } else {
            belonging.find();
            if (unconditioned.isPresent()) {
                unconditioned.get().find();
            }
        }
        new ReferencedRows(scopes, queries, taken, belonging, unconditioned).find();
        set(session, "SET max_parallel_workers_per_gather = 0");
        ByPages.choose(session, scopes).forEach(taken::readByPages);
        return taken;
    }

    /** The server's or the role's own number of processes, which the operator may have set to none. */
    private static void set(Connection session, String command) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(command);
        }
    }

    /** What belongs when the policy's conditions are left aside, where it has any. */
    private static Optional<BelongingRows> unconditioned(TenantScopes scopes, RowQueries queries) {
        boolean conditions = scopes.scopes().values().stream()
                .anyMatch(scope -> scope.where().isPresent());
        if (!conditions || scopes.tenants().isEmpty()) {
            return Optional.empty();
        }
        TenantScopes without = scopes.unconditioned();
        return Optional.of(new BelongingRows(without, queries, new TakenRows(without)));
    }
}
