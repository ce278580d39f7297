package dev.caravan.source;

import dev.caravan.schema.TableName;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.Tid;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Queries for the places of rows, in a session under the snapshot; any number of rows may come. Not thread-safe. */
final class RowQueries {
    private static final int FETCH_ROWS = 10_000;

    private final Connection session;
    private final Runnable stopped;
    private final Map<Long, TableName> byOid = new HashMap<>();

    interface Each {
        void take(ResultSet row) throws SQLException;
    }

    /**
     * @param session in a transaction: without one all rows would come at once
     * @param stopped asked before each query; throws when the job is to stop
     */
    RowQueries(Connection session, TenantScopes scopes, Runnable stopped) {
        this.session = session;
        this.stopped = stopped;
        scopes.relations().forEach((name, table) -> byOid.put(table.oid(), name));
    }

    void each(String query, Each each) throws SQLException {
        stopped.run();
        try (PreparedStatement statement = session.prepareStatement(query)) {
            run(statement, each);
        }
    }

    /** @param tids the query's one parameter */
    void each(String query, long[] tids, Each each) throws SQLException {
        stopped.run();
        try (PreparedStatement statement = session.prepareStatement(query)) {
            statement.setArray(1, session.createArrayOf("tid", Tids.texts(tids)));
            run(statement, each);
        }
    }

    private static void run(PreparedStatement statement, Each each) throws SQLException {
        statement.setFetchSize(FETCH_ROWS);
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                each.take(rows);
            }
        }
    }

    /** The row whose tableoid stands in a column, and whose ctid in the next one. */
    SourceRow row(ResultSet result, int column) throws SQLException {
        return new SourceRow(byOid.get(result.getLong(column)), Tid.parse(result.getString(column + 1)));
    }
}
