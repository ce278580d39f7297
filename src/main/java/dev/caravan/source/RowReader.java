package dev.caravan.source;

import dev.caravan.connection.SessionPool;
import dev.caravan.connection.SqlErrors;
import dev.caravan.plan.CopyStatement;
import dev.caravan.plan.Part;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.tenant.Selection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads one part's rows as COPY sends them, a row at a time. Not thread-safe; closed by whoever opened it. The session stays
 * in its snapshot and may read further parts, unless reading stopped in the middle: then it is closed with this.
 */
public final class RowReader implements AutoCloseable {
    private final Part part;
    private final String connection;
    private final SessionPool pool;
    private final Connection session;
    private final CopyOut copy;
    private long rows = -1;

    RowReader(Part part, SessionPool pool) {
        this.part = part;
        this.pool = pool;
        this.connection = pool.connectionName();
        this.session = pool.borrow();
        try {
            if (byPages()) {
                set("off");
            }
            this.copy = session.unwrap(PGConnection.class).getCopyAPI().copyOut(CopyStatement.out(part));
        } catch (SQLException e) {
            pool.discard(session);
            throw translated(e);
        }
    }

    /**
     * The next piece of the stream: a row each time, the first with binary COPY's header before it, its trailer alone at last.
     *
     * @return null when the stream has ended
     * @throws CaravanException {@code row-too-large} when the row does not fit the heap
     */
    public byte[] next() {
        try {
            byte[] row = copy.readFromCopy();
            if (row == null) {
                rows = copy.getHandledRowCount();
            }
            return row;
        } catch (SQLException e) {
            throw translated(e);
        } catch (OutOfMemoryError e) {
            // One array that does not fit is refused before it is made: the heap is as it was, and only this stream is
            // lost.
            throw CaravanException.of(
                            ErrorCode.ROW_TOO_LARGE,
                            "A row of " + part.table() + " does not fit the service's heap of "
                                    + (Runtime.getRuntime().maxMemory() >> 20) + " MB.",
                            "Start the service with a larger heap: CARAVAN_JAVA_OPTS=-Xmx2g. A row takes its size once.")
                    .with("table", part.table().toString());
        }
    }

    /** How many rows the server says it sent; -1 before the end. */
    public long rows() {
        return rows;
    }

    private boolean byPages() {
        return part.selection().filter(Selection::byPages).isPresent();
    }

    /** Without plain index scans the index yields a bitmap of places, and each page is read once. */
    private void set(String indexScans) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("SET LOCAL enable_indexscan = " + indexScans);
        }
    }

    private CaravanException translated(SQLException e) {
        return SqlErrors.translate(e, connection, "reading " + part.table())
                .with("table", part.table().toString());
    }

    @Override
    public void close() {
        boolean usable = rows >= 0;
        if (usable && byPages()) {
            try {
                set("on");
            } catch (SQLException e) {
                usable = false;
            }
        }
        if (usable) {
            pool.giveBack(session);
        } else {
            pool.discard(session);
        }
    }
}
