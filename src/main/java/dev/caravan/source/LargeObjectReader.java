package dev.caravan.source;

import dev.caravan.connection.SessionPool;
import dev.caravan.connection.SqlErrors;
import dev.caravan.schema.CaravanException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads large objects piece by piece under the snapshot. Not thread-safe; closed by whoever opened it. */
public final class LargeObjectReader implements AutoCloseable {
    private final SessionPool pool;
    private final Connection session;
    private boolean broken;

    LargeObjectReader(SessionPool pool) {
        this.pool = pool;
        this.session = pool.borrow();
    }

    /**
     * Bytes of an object from an offset on.
     *
     * @return fewer than asked for at the object's end, none past it
     */
    public byte[] read(long oid, long offset, int length) {
        try (PreparedStatement statement = session.prepareStatement("SELECT pg_catalog.lo_get(?, ?, ?)")) {
            statement.setLong(1, oid);
            statement.setLong(2, offset);
            statement.setInt(3, length);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBytes(1);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The object's comment, when it has one. */
    public Optional<String> comment(long oid) {
        try (PreparedStatement statement =
                session.prepareStatement("SELECT pg_catalog.obj_description(?::oid, 'pg_largeobject')")) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Optional.ofNullable(row.getString(1));
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private CaravanException failed(SQLException e) {
        broken = true;
        return SqlErrors.translate(e, pool.connectionName(), "reading large objects");
    }

    @Override
    public void close() {
        if (broken) {
            pool.discard(session);
        } else {
            pool.giveBack(session);
        }
    }
}
