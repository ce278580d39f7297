package dev.caravan.source;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.tenant.TakenRows;
import dev.caravan.tenant.TenantScopes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Resolves on the source, under the job's snapshot, which rows a tenant scope takes. Only keys and places of rows are asked for, and
 * nothing is written: it works on a standby. Rows that a condition can name stay a condition and are not listed.
 *
 * <p>{@link BelongingRows} goes down from the tenants' rows, {@link ReferencedRows} up from what belongs. Each step asks for what the rows
 * found last lead to, so that circles end.
 */
final class TenantRows {
    /** Data exceptions and mistakes in the statement, but for missing privileges. */
    private static final Pattern OF_THE_STATEMENT = Pattern.compile("22.*|42(?!501).*");

    private TenantRows() {}

    /**
     * @param session a session under the snapshot, in a transaction
     * @param stopped asked between queries; throws when the job is to stop
     * @throws dev.caravan.schema.CaravanException {@code tenant-unknown}, {@code cross-tenant-reference}, {@code tenant-scope}
     */
    static TakenRows resolve(Connection session, TenantScopes scopes, Runnable stopped) throws SQLException {
        try {
            return found(session, scopes, stopped);
        } catch (SQLException e) {
            throw refused(scopes, e);
        }
    }

    /** The server's own words may quote a value: its code is all that is said. */
    private static CaravanException refused(TenantScopes scopes, SQLException e) throws SQLException {
        List<String> conditions = scopes.scopes().values().stream()
                .filter(scope -> scope.where().isPresent())
                .map(scope -> scope.table().toString())
                .sorted()
                .toList();
        String state = String.valueOf(e.getSQLState());
        if (conditions.isEmpty() || !OF_THE_STATEMENT.matcher(state).matches()) {
            throw e;
        }
        return CaravanException.of(
                        ErrorCode.TENANT_SCOPE,
                        "The source cannot tell which rows fulfil the policy's conditions (where) on "
                                + String.join(", ", conditions) + ": SQLSTATE " + state + ".",
                        "Try each condition on the source, as in SELECT count(*) FROM " + conditions.get(0)
                                + " WHERE …; it must be one that every row can be asked.")
                .with("tables", conditions);
    }

    private static TakenRows found(Connection session, TenantScopes scopes, Runnable stopped) throws SQLException {
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
