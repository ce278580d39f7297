package dev.caravan.source;

import dev.caravan.connection.JobBackends;
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
 * A job's reading sessions, all under one snapshot, opened when first needed. Thread-safe. A general connection pool would not
 * do: a session must stay in the transaction that joined the snapshot.
 */
final class SourcePool implements AutoCloseable {
    private final Snapshot snapshot;
    private final String applicationName;
    private final Semaphore permits;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Set<Connection> all = new HashSet<>();
    private boolean closed;

    SourcePool(Snapshot snapshot, String applicationName, int size) {
        this.snapshot = snapshot;
        this.applicationName = applicationName;
        this.permits = new Semaphore(size);
    }

    String connectionName() {
        return snapshot.source().name();
    }

    /** A session for the caller alone, given back or discarded by it. */
    Connection borrow() {
        permits.acquireUninterruptibly();
        try {
            synchronized (this) {
                checkOpen();
                if (!idle.isEmpty()) {
                    return idle.pop();
                }
            }
            Connection opened = snapshot.session(applicationName);
            synchronized (this) {
                if (closed) {
                    JobBackends.closeQuietly(opened);
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

    private void checkOpen() {
        if (closed) {
            throw CaravanException.of(
                    ErrorCode.INTERRUPTED, "The job's reading sessions are closed.", "The job has ended.");
        }
    }

    void giveBack(Connection session) {
        synchronized (this) {
            if (!closed) {
                idle.push(session);
            }
        }
        permits.release();
    }

    /** For a session in the middle of a COPY: it cannot be used again. */
    void discard(Connection session) {
        synchronized (this) {
            all.remove(session);
        }
        try {
            session.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone all the same.
        }
        permits.release();
    }

    @Override
    public void close() {
        Set<Connection> open;
        synchronized (this) {
            closed = true;
            open = new HashSet<>(all);
            all.clear();
            idle.clear();
        }
        for (Connection session : open) {
            try {
                session.abort(Runnable::run);
            } catch (SQLException e) {
                // It is gone all the same.
            }
        }
    }
}
