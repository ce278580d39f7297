package dev.caravan.target;

import dev.caravan.connection.SessionPool;
import dev.caravan.connection.SqlErrors;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes large objects under their own oids, in one transaction. Not thread-safe; closing undoes what was not committed. */
public final class LargeObjectWriter implements AutoCloseable {
    private final SessionPool pool;
    private final Connection session;
    private boolean committed;

    LargeObjectWriter(SessionPool pool, String token) {
        this.pool = pool;
        this.session = pool.borrow();
        try {
            session.setAutoCommit(false);
            Ledger.pass(session, token);
        } catch (SQLException e) {
            pool.discard(session);
            throw failed(e);
        }
    }

    public void create(long oid) {
        run("SELECT pg_catalog.lo_create(?::oid)", statement -> statement.setLong(1, oid));
    }

    public void write(long oid, long offset, byte[] bytes) {
        run("SELECT pg_catalog.lo_put(?::oid, ?, ?)", statement -> {
            statement.setLong(1, oid);
            statement.setLong(2, offset);
            statement.setBytes(3, bytes);
        });
    }

    public void comment(long oid, String comment) {
        run("COMMENT ON LARGE OBJECT " + oid + " IS " + Identifiers.literal(comment), statement -> {});
    }

    public void commit() {
        try {
            session.commit();
            session.setAutoCommit(true);
            committed = true;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private interface Parameters {
        void on(PreparedStatement statement) throws SQLException;
    }

    private void run(String sql, Parameters parameters) {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            parameters.on(statement);
            statement.execute();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private CaravanException failed(SQLException e) {
        return SqlErrors.translate(e, pool.connectionName(), "writing large objects");
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
