package dev.caravan.connection;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * A job's sessions on one server, opened when first needed and kept in the state in which they were given back. Thread-safe. A
 * general connection pool would not do: a reading session must stay in the transaction that joined the snapshot.
 */
public final class SessionPool implements AutoCloseable {
    /** Opens one session, or throws an exception of ours. */
    public interface Opening {
        Connection open();
    }

    private final String connectionName;
    private final Opening opening;
    private final Semaphore permits;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Set<Connection> all = new HashSet<>();
    private boolean closed;

    /**
     * @param connectionName for errors
     * @param size how many sessions may be in use at once; a further borrower waits
     */
    public SessionPool(String connectionName, int size, Opening opening) {
        this.connectionName = connectionName;
        this.opening = opening;
        this.permits = new Semaphore(size);
    }

    public String connectionName() {
        return connectionName;
    }

    /** A session for the caller alone, who gives it back or discards it. */
    public Connection borrow() {
        permits.acquireUninterruptibly();
        try {
            synchronized (this) {
                checkOpen();
                if (!idle.isEmpty()) {
                    return idle.pop();
                }
            }
            Connection opened = opening.open();
            synchronized (this) {
                if (closed) {
                    abort(opened);
                }
                checkOpen();
                all.add(opened);
                return opened;
            }
        } catch (RuntimeException e) {
            permits.release();
            throw e;
        }
    }

    /** How many sessions are open. */
    public synchronized int open() {
        return all.size();
    }

    /** How many of them are somebody's at the moment. */
    public synchronized int inUse() {
        return all.size() - idle.size();
    }

    private void checkOpen() {
        if (closed) {
            throw CaravanException.of(
                    ErrorCode.INTERRUPTED,
                    "The job's sessions on \"" + connectionName + "\" are closed.",
                    "The job is ending; its own error says why.");
        }
    }

    /** For a session that is ready for its next use. */
    public void giveBack(Connection session) {
        synchronized (this) {
            if (closed) {
                abort(session);
            } else {
                idle.push(session);
            }
        }
        permits.release();
    }

    /** For a session that must not be used again, such as one in the middle of a COPY. */
    public void discard(Connection session) {
        synchronized (this) {
            all.remove(session);
        }
        abort(session);
        permits.release();
    }

    /** Closes every session, also those in use: their users get an error at once. */
    @Override
    public void close() {
        Set<Connection> open;
        synchronized (this) {
            closed = true;
            open = new HashSet<>(all);
            all.clear();
            idle.clear();
        }
        open.forEach(SessionPool::abort);
    }

    private static void abort(Connection session) {
        try {
            session.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone all the same.
        }
    }
}
