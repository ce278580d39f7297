package dev.caravan.source;

import dev.caravan.schema.TableName;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.Tid;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Queries for the places of rows, in a session under the snapshot; any number of rows may come. Not thread-safe. */
final class RowQueries {
    private static final int FETCH_ROWS = 10_000;

    private final Connection session;
    private final Runnable stopped;
    private final Map<Long, TableName> byOid = new HashMap<>();

    interface Each {
        void take(FoundRow row) throws SQLException;
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

    /** Reads the rows by COPY: the server never answers a cursor by several processes, which a query of a whole table is worth. */
    void each(String query, Each each) throws SQLException {
        stopped.run();
        CopyOut copy = session.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (" + query + "\n) TO STDOUT");
        try {
            for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
                // Numbers, places and truths: nothing in them is escaped.
                String[] fields = new String(line, 0, line.length - 1, StandardCharsets.US_ASCII).split("\t");
                each.take(column -> fields[column - 1]);
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
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
            FoundRow found = new FoundRow() {
                @Override
                public String text(int column) throws SQLException {
                    return rows.getString(column);
                }

                @Override
                public long number(int column) throws SQLException {
                    return rows.getLong(column);
                }

                @Override
                public boolean is(int column) throws SQLException {
                    return rows.getBoolean(column);
                }
            };
            while (rows.next()) {
                each.take(found);
            }
        }
    }

    /** The row whose tableoid stands in a column, and whose ctid in the next one. */
    SourceRow row(FoundRow found, int column) throws SQLException {
        return new SourceRow(byOid.get(found.number(column)), Tid.parse(found.text(column + 1)));
    }
}
