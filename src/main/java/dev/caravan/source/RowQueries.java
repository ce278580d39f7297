package dev.caravan.source;

import dev.caravan.schema.TableName;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.Tid;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Queries for the places of rows, in a session under the snapshot; any number of rows may come. Not thread-safe. */
final class RowQueries {
    /** Where a query takes places of rows. No question mark: in a condition of the policy that may be an operator of jsonb. */
    static final String TIDS = "/* places */";

    private final Connection session;
    private final Runnable stopped;
    private final Map<Long, TableName> byOid = new HashMap<>();

    interface Each {
        void take(FoundRow row) throws SQLException;
    }

    /** @param stopped asked before each query; throws when the job is to stop */
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
                // Nothing in them is escaped.
                each.take(new FoundRow(new String(line, 0, line.length - 1, StandardCharsets.US_ASCII).split("\t")));
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** @param tids stand in the place of {@link #TIDS} */
    void each(String query, long[] tids, Each each) throws SQLException {
        String places = String.join("\",\"", Tids.texts(tids));
        each(query.replace(TIDS, "'{\"" + places + "\"}'::pg_catalog.tid[]"), each);
    }

    /** The row whose tableoid stands in a column, and whose ctid in the next one. */
    SourceRow row(FoundRow found, int column) {
        return new SourceRow(byOid.get(found.number(column)), Tid.parse(found.text(column + 1)));
    }
}
