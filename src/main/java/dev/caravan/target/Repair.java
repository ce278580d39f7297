package dev.caravan.target;

import dev.caravan.job.StagingMark;
import dev.caravan.schema.CaravanException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * Tidies up after a process that died in the middle of a job: looks on which side of the swap the databases are, finishes it or
 * undoes it, and leaves neither database nor session behind. May be run again at any time with the same result.
 */
public final class Repair {
    private Repair() {}

    /**
     * @param server the target's server, opened for repair
     * @param guard made for repair
     * @param mark what the dead process had stored
     * @return whether the swap had taken place: then the new database is the target
     * @throws CaravanException {@code target-busy} when another job has begun on the target, or what the server said; call again later
     */
    public static boolean after(StagingMark mark, TargetServer server, TargetGuard guard) {
        StagingNames names = new StagingNames(server.config().database(), mark.staging(), mark.previous());
        try (Connection session = server.maintenance()) {
            // The dead process's lock may outlive it, held by a session that nobody has missed yet.
            new TargetSessions(server, session).endOf(TargetServer.jobApplicationName(server.jobId()));
            try (TargetLock lock = TargetLock.take(server)) {
                boolean swapped = repair(session, names, mark, server, guard);
                lock.check();
                return swapped;
            }
        } catch (SQLException e) {
            throw server.failed(e, "repairing \"" + names.target() + "\"");
        }
    }

    private static boolean repair(
            Connection session, StagingNames names, StagingMark mark, TargetServer server, TargetGuard guard)
            throws SQLException {
        OptionalLong target = TargetServer.oidOf(session, names.target());
        OptionalLong staging = TargetServer.oidOf(session, names.staging());
        OptionalLong previous = TargetServer.oidOf(session, names.previous());
        boolean swapped = target.isPresent()
                && mark.stagingOid().isPresent()
                && mark.stagingOid().get() == target.getAsLong();
        if (swapped) {
            if (previous.isPresent()) {
                Swap.settle(server, guard, names, previous.getAsLong());
            }
            return true;
        }
        if (target.isEmpty() && previous.isPresent()) {
            // One transaction renames both, so only somebody else's hand leads here; the old target goes back all the
            // same.
            guard.mayChange(session, names.previous(), previous.getAsLong());
            TargetServer.execute(session, Swap.renamed(names.previous(), names.target()));
            target = previous;
        }
        if (mark.swapping() && target.isPresent()) {
            reopen(session, names, target.getAsLong(), server, guard);
        }
        if (staging.isPresent()
                && (mark.stagingOid().isEmpty() || mark.stagingOid().get() == staging.getAsLong())) {
            new StagingDatabase(names.staging(), staging.getAsLong()).drop(server, guard);
        }
        return false;
    }

    private static void reopen(
            Connection session, StagingNames names, long target, TargetServer server, TargetGuard guard)
            throws SQLException {
        if (!new TargetSessions(server, session).open(names.target())) {
            guard.mayChange(session, names.target(), target);
            TargetServer.execute(session, Swap.allowConnections(names.target(), true));
        }
    }
}
