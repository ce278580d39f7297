package dev.caravan.target;

import dev.caravan.job.Report.LeftOut;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Puts the staging database into the old target's place. Until its one transaction commits, the old target is whole under its own
 * name; a failure before leaves it as it was, open to connections again.
 */
public final class Swap {
    private final TargetServer server;
    private final TargetGuard guard;
    private final StagingNames names;
    private final TargetLock lock;

    /**
     * @param leftOut properties of the database that could not be carried over
     * @param warnings what did not go as it should after the swap had taken place
     */
    public record Outcome(List<LeftOut> leftOut, List<String> warnings) {
        public Outcome {
            leftOut = List.copyOf(leftOut);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * @param lock the target's lock, which must still be held
     */
    public Swap(TargetServer server, TargetGuard guard, StagingNames names, TargetLock lock) {
        this.server = server;
        this.guard = guard;
        this.names = names;
        this.lock = lock;
    }

    /**
     * Swaps, and drops the old target or keeps it under its other name.
     *
     * @throws CaravanException {@code target-in-use}, {@code target-protected}, or what the server said; the target is as before
     */
    public Outcome run(StagingDatabase staging, Carryover carryover) {
        OptionalLong old = guard.oldTarget();
        List<LeftOut> leftOut = new ArrayList<>();
        try (Connection session = server.maintenance()) {
            recheck(session, staging, old);
            TargetSessions sessions = new TargetSessions(server, session);
            sessions.end(names.staging());
            boolean closed = false;
            try {
                if (old.isPresent()) {
                    closed = close(session, sessions);
                }
                // Between the first check and here sessions were waited for.
                recheck(session, staging, old);
                leftOut.addAll(rename(session, old.isPresent(), carryover));
            } catch (SQLException | RuntimeException e) {
                if (swapped(staging.oid())) {
                    // The commit's answer was lost, not the commit.
                    return new Outcome(leftOut, settle(old));
                }
                if (closed) {
                    reopen(e);
                }
                if (e instanceof SQLException sql) {
                    throw failed(sql);
                }
                throw (RuntimeException) e;
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        return new Outcome(leftOut, settle(old));
    }

    private CaravanException failed(SQLException e) {
        return server.failed(e, "swapping \"" + names.staging() + "\" for \"" + names.target() + "\"");
    }

    private void recheck(Connection session, StagingDatabase staging, OptionalLong old) throws SQLException {
        lock.check();
        guard.mayChange(session, names.staging(), staging.oid());
        if (old.isPresent()) {
            guard.mayChange(session, names.target(), old.getAsLong());
        } else if (TargetServer.oidOf(session, names.target()).isPresent()) {
            throw CaravanException.of(
                    ErrorCode.TARGET_PROTECTED,
                    "A database \"" + names.target() + "\" has appeared while the job ran.",
                    "Run the job again: it will replace that database.");
        }
    }

    /** Whether the old target was open before; now it is closed, without sessions. */
    private boolean close(Connection session, TargetSessions sessions) throws SQLException {
        if (!server.config().endSessions()) {
            sessions.requireNone(names.target());
        }
        boolean wasOpen = sessions.open(names.target());
        if (wasOpen) {
            TargetServer.execute(session, allowConnections(names.target(), false));
        }
        try {
            if (server.config().endSessions()) {
                sessions.end(names.target());
            }
            sessions.requireNone(names.target());
        } catch (SQLException | RuntimeException e) {
            if (wasOpen) {
                reopen(e);
            }
            throw e;
        }
        return wasOpen;
    }

    private List<LeftOut> rename(Connection session, boolean replaces, Carryover carryover) throws SQLException {
        session.setAutoCommit(false);
        try {
            List<LeftOut> leftOut = carryover.apply(session, names.staging());
            if (replaces) {
                TargetServer.execute(session, renamed(names.target(), names.previous()));
            }
            TargetServer.execute(session, renamed(names.staging(), names.target()));
            session.commit();
            return leftOut;
        } catch (SQLException | RuntimeException e) {
            try {
                session.rollback();
            } catch (SQLException lost) {
                e.addSuppressed(lost);
            }
            throw e;
        }
    }

    /** Looks from a new session, since the first may be what failed; an unknown answer counts as no: Repair looks again. */
    private boolean swapped(long stagingOid) {
        try (Connection session = server.maintenance()) {
            OptionalLong now = TargetServer.oidOf(session, names.target());
            return now.isPresent() && now.getAsLong() == stagingOid;
        } catch (SQLException | CaravanException e) {
            return false;
        }
    }

    /** From a new session; when this fails too, the mark of the swap stays and Repair opens it later. */
    private void reopen(Exception reason) {
        try (Connection session = server.maintenance()) {
            TargetServer.execute(session, allowConnections(names.target(), true));
        } catch (SQLException | CaravanException e) {
            reason.addSuppressed(e);
        }
    }

    private List<String> settle(OptionalLong old) {
        if (old.isEmpty()) {
            return List.of();
        }
        try {
            settle(server, guard, names, old.getAsLong());
            return List.of();
        } catch (CaravanException e) {
            return List.of("The swap took place, but the previous database \"" + names.previous()
                    + "\" is still to be dropped or opened: " + e.getMessage());
        }
    }

    /** After the swap: drops the previous database, or keeps it, open only to those who are named in its privileges. */
    static void settle(TargetServer server, TargetGuard guard, StagingNames names, long previousOid) {
        if (!server.config().keepPrevious()) {
            new StagingDatabase(names.previous(), previousOid).drop(server, guard);
            return;
        }
        try (Connection session = server.maintenance()) {
            guard.mayChange(session, names.previous(), previousOid);
            TargetServer.execute(
                    session, "REVOKE CONNECT ON DATABASE " + Identifiers.quoted(names.previous()) + " FROM PUBLIC");
            TargetServer.execute(session, allowConnections(names.previous(), true));
        } catch (SQLException e) {
            throw server.failed(e, "keeping the previous database");
        }
    }

    static String allowConnections(String database, boolean allowed) {
        return "ALTER DATABASE " + Identifiers.quoted(database) + " ALLOW_CONNECTIONS " + allowed;
    }

    static String renamed(String from, String to) {
        return "ALTER DATABASE " + Identifiers.quoted(from) + " RENAME TO " + Identifiers.quoted(to);
    }
}
