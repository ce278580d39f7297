package dev.caravan.target;

import dev.caravan.connection.SessionPool;
import dev.caravan.connection.SqlErrors;
import dev.caravan.plan.CopyFormat;
import dev.caravan.plan.CopyStatement;
import dev.caravan.plan.Part;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes one part's rows in one transaction, together with the ledger's note of it: either both are there or neither. Not
 * thread-safe; closed by whoever opened it, which undoes what was not committed.
 */
public final class PartWriter implements AutoCloseable {
    /** Signature, flags and extension length (COPY, File Formats, Binary Format in PostgreSQL's manual). */
    private static final byte[] BINARY_HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final byte[] BINARY_TRAILER = {(byte) 0xFF, (byte) 0xFF};

    private final Part part;
    private final SessionPool pool;
    private final Connection session;
    private final CopyIn copy;
    private long bytes;
    private boolean committed;

    PartWriter(Part part, SessionPool pool, String token) {
        this.part = part;
        this.pool = pool;
        this.session = pool.borrow();
        try {
            session.setAutoCommit(false);
            Ledger.pass(session, token);
            empty();
            copy = session.unwrap(PGConnection.class).getCopyAPI().copyIn(CopyStatement.in(part));
            if (part.format() == CopyFormat.BINARY) {
                copy.writeToCopy(BINARY_HEADER, 0, BINARY_HEADER.length);
            }
        } catch (SQLException e) {
            pool.discard(session);
            throw translated(e);
        } catch (RuntimeException e) {
            pool.discard(session);
            throw e;
        }
    }

    /** FREEZE wants a table truncated in the same transaction; an extension's table holds rows that CREATE EXTENSION made. */
    private void empty() throws SQLException {
        if (part.freeze()) {
            TargetServer.execute(session, "TRUNCATE ONLY " + part.into().quoted());
        } else if (part.condition().isPresent()) {
            TargetServer.execute(
                    session,
                    "DELETE FROM ONLY " + part.into().quoted() + " "
                            + part.condition().get());
        }
    }

    /** Sends whole rows, without header or trailer. */
    public void write(byte[] rows, int offset, int length) {
        try {
            copy.writeToCopy(rows, offset, length);
            bytes += length;
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    /**
     * Ends the stream and commits.
     *
     * @param rowsSent how many rows the source sent
     * @throws CaravanException {@code verification-failed} when the target took another number of rows
     */
    public void commit(long rowsSent) {
        try {
            if (part.format() == CopyFormat.BINARY) {
                copy.writeToCopy(BINARY_TRAILER, 0, BINARY_TRAILER.length);
            }
            long rowsTaken = copy.endCopy();
            if (rowsTaken != rowsSent) {
                throw CaravanException.of(
                                ErrorCode.VERIFICATION_FAILED,
                                "The source sent " + rowsSent + " rows of " + part.table() + ", the target took "
                                        + rowsTaken + ".",
                                "Report this as a defect; the old target is as it was.")
                        .with("table", part.table().toString());
            }
            Ledger.loaded(session, part.id(), new Ledger.Loaded(rowsTaken, bytes));
            session.commit();
            session.setAutoCommit(true);
            committed = true;
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    private CaravanException translated(SQLException e) {
        return SqlErrors.translate(e, pool.connectionName(), "loading " + part.table())
                .with("table", part.table().toString());
    }

    @Override
    public void close() {
        if (committed) {
            pool.giveBack(session);
        } else {
            pool.discard(session);
        }
    }
}
