package dev.caravan.target;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.job.StagingMark;
import dev.caravan.plan.TargetFacts;
import dev.caravan.schema.CaravanException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;

/**
 * One job's work on its target: the lock, the guard, the staging database, and at last the swap. One thread's; {@link #end()} may come
 * from another.
 */
public final class TargetJob implements AutoCloseable {
    private final TargetServer server;
    private final TargetGuard guard;
    private final Optional<TargetLock> lock;
    private final TargetRoles roles;
    private final StagingNames names;
    private final StagingWork staging;
    private Optional<Carryover> carryover = Optional.empty();
    private volatile boolean swapped;

    private TargetJob(
            TargetServer server, TargetGuard guard, Optional<TargetLock> lock, TargetRoles roles, StagingNames names) {
        this.server = server;
        this.guard = guard;
        this.lock = lock;
        this.roles = roles;
        this.names = names;
        this.staging = new StagingWork(server, guard, roles, names);
    }

    /**
     * Takes the target's lock, after it was made sure that the target is no source.
     *
     * @param source the job's source
     * @param others further declared sources, which are protected where they can be reached
     * @throws CaravanException {@code target-protected}, {@code target-busy} and the connections' own
     */
    public static TargetJob open(
            ConnectionConfig target, String jobId, ConnectionConfig source, Collection<ConnectionConfig> others) {
        TargetServer server = TargetServer.forJob(target, jobId);
        TargetGuard guard = TargetGuard.check(server, source, others);
        return open(server, guard, Optional.of(TargetLock.take(server)));
    }

    /** Looks at a target without taking its lock: for a plan that nothing follows. */
    public static TargetJob lookAt(
            ConnectionConfig target, String jobId, ConnectionConfig source, Collection<ConnectionConfig> others) {
        TargetServer server = TargetServer.forJob(target, jobId);
        return open(server, TargetGuard.check(server, source, others), Optional.empty());
    }

    private static TargetJob open(TargetServer server, TargetGuard guard, Optional<TargetLock> lock) {
        try (Connection session = server.maintenance()) {
            return new TargetJob(
                    server,
                    guard,
                    lock,
                    TargetRoles.read(session, server),
                    StagingNames.of(server.config().database(), server.jobId()));
        } catch (SQLException e) {
            lock.ifPresent(TargetLock::close);
            throw server.failed(e, "reading the roles");
        } catch (RuntimeException e) {
            lock.ifPresent(TargetLock::close);
            throw e;
        }
    }

    public ConnectionConfig connection() {
        return server.config();
    }

    public TargetServer server() {
        return server;
    }

    public TargetRoles roles() {
        return roles;
    }

    public TargetGuard guard() {
        return guard;
    }

    /** What PREFLIGHT must know. */
    public TargetFacts facts(Collection<String> missingRoles) {
        return TargetInspection.inspect(server, guard.oldTarget(), missingRoles);
    }

    /** What a restart must know before anything is made. */
    public StagingMark mark(boolean swapping) {
        return new StagingMark(names.staging(), staging.oid(), names.previous(), swapping);
    }

    /** What is made beside the old target, to be put in its place. */
    public StagingWork staging() {
        return staging;
    }

    /** Whether SQL of the operator's own runs after the load, which may change anything. */
    public boolean changesAfterLoad() {
        return !server.config().afterLoad().isEmpty();
    }

    /** Checks that the lock is still held and drops the ledger: nothing of ours stays in the new database. */
    public void dropLedger() {
        lock.orElseThrow().check();
        staging.dropLedger();
    }

    /** Has the new database take its properties from here instead of from the old target. */
    public void carryOver(Carryover properties) {
        carryover = Optional.of(properties);
    }

    /** Puts the staging database in the old target's place. */
    public Swap.Outcome swap() {
        Carryover properties = carryover.orElseGet(() -> Carryover.fromTarget(server, guard.oldTarget(), roles));
        Swap.Outcome outcome = new Swap(server, guard, names, lock.orElseThrow()).run(staging.database(), properties);
        swapped = true;
        return outcome;
    }

    /** Asks once whether the server still answers; waits for as long as the lock's session does. */
    Optional<CaravanException> reasonToStop() {
        if (over()) {
            return Optional.empty();
        }
        try {
            lock.ifPresent(TargetLock::check);
            return Optional.empty();
        } catch (CaravanException e) {
            return over() ? Optional.empty() : Optional.of(e);
        }
    }

    private boolean over() {
        return swapped || staging.ended();
    }

    /** Ends the job's work on the server at once, whatever it is doing. */
    void end() {
        staging.end();
    }

    /** Drops the staging database unless it was swapped, and gives the lock back. Safe to call twice. */
    @Override
    public void close() {
        try {
            staging.closeSessions();
            if (!swapped) {
                staging.drop();
            }
        } finally {
            lock.ifPresent(TargetLock::close);
        }
    }
}
