package dev.caravan.target;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Sessions in others' hands, some of which wait for an answer without a limit: an end breaks them. Thread-safe. */
final class OpenSessions {
    private final List<Connection> sessions = new ArrayList<>();
    private boolean ended;

    /** @return the session, which its user closes; it is broken when the end came first */
    synchronized Connection add(Connection session) {
        sessions.removeIf(OpenSessions::closed);
        sessions.add(session);
        if (ended) {
            abort(session);
        }
        return session;
    }

    /** Breaks all, so that whoever waits for one gets an error at once, and every later one. */
    synchronized void end() {
        ended = true;
        sessions.forEach(OpenSessions::abort);
        sessions.clear();
    }

    private static boolean closed(Connection session) {
        try {
            return session.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    private static void abort(Connection session) {
        try {
            session.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone all the same.
        }
    }
}
