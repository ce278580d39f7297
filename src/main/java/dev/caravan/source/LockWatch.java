package dev.caravan.source;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Watches for statements on the source that wait for the holder's locks: an ALTER that waits for our ACCESS SHARE makes every
 * later SELECT queue behind it, so after a while the job must go.
 */
final class LockWatch {
    private static final String WAITERS = "SELECT count(*) FROM pg_catalog.pg_locks l WHERE NOT l.granted"
            + " AND pg_catalog.pg_backend_pid() = ANY (pg_catalog.pg_blocking_pids(l.pid))";

    /** A server that is only busy answers so small a question in time; one that has not is away. */
    private static final int ALIVE_MILLIS = 60_000;

    /** After an error within its transaction the holder answers no more. */
    private static final Set<ErrorCode> LOST = EnumSet.of(ErrorCode.DATABASE, ErrorCode.STATEMENT_CANCELLED);

    private final Snapshot snapshot;
    private final Duration yieldAfter;
    private final Clock clock;
    private Instant waitingSince;

    LockWatch(Snapshot snapshot, Duration yieldAfter, Clock clock) {
        this.snapshot = snapshot;
        this.yieldAfter = yieldAfter;
        this.clock = clock;
    }

    /**
     * Looks once; one thread at a time.
     *
     * @return why the job must be given up, when it must: somebody waited too long, or the snapshot is gone
     */
    Optional<CaravanException> look() {
        try {
            snapshot.useIfIdle("watching the snapshot's locks", this::count);
        } catch (CaravanException e) {
            return Optional.of(LOST.contains(e.code()) ? snapshot.lost().causedBy(e) : e);
        }
        if (waitingSince == null || clock.instant().isBefore(waitingSince.plus(yieldAfter))) {
            return Optional.empty();
        }
        return Optional.of(CaravanException.of(
                        ErrorCode.SOURCE_DDL_BLOCKED,
                        "A statement on the source waited " + yieldAfter.toSeconds()
                                + " s for a lock that this job held, and other sessions queued behind it.",
                        "Run the job when no migration runs, or read from a replica. caravan.yieldAfter sets the patience.")
                .with("connection", snapshot.source().name()));
    }

    private Void count(Connection holder) throws SQLException {
        int patience = holder.getNetworkTimeout();
        holder.setNetworkTimeout(
                Runnable::run, Math.min(ALIVE_MILLIS, snapshot.source().socketTimeoutMillis()));
        try (Statement statement = holder.createStatement();
                ResultSet row = statement.executeQuery(WAITERS)) {
            row.next();
            if (row.getLong(1) == 0) {
                waitingSince = null;
            } else if (waitingSince == null) {
                waitingSince = clock.instant();
            }
        }
        holder.setNetworkTimeout(Runnable::run, patience);
        return null;
    }
}
