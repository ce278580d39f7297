package dev.caravan.target;

import dev.caravan.connection.ClientTools;
import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.RunDirectory;
import dev.caravan.job.StagingMark;
import dev.caravan.plan.TargetFacts;
import dev.caravan.schema.CaravanException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One job's work on its target: the lock, the guard, the staging database with its definitions, and at last the swap. One thread's;
 * {@link #end()} may come from another, and what the workers do goes through {@link #load()}.
 */
public final class TargetJob implements AutoCloseable {
    private final TargetServer server;
    private final TargetGuard guard;
    private final Optional<TargetLock> lock;
    private final TargetRoles roles;
    private final StagingNames names;
    private final StagingTidying tidying;
    private final String token = UUID.randomUUID().toString();
    private StagingDatabase staging;
    private volatile StagingLoad load;
    private StagingDefinitions definitions;
    private Optional<Carryover> carryover = Optional.empty();
    private boolean stagingBegun;
    private boolean swapped;
    private boolean ended;

    private TargetJob(
            TargetServer server, TargetGuard guard, Optional<TargetLock> lock, TargetRoles roles, StagingNames names) {
        this.server = server;
        this.guard = guard;
        this.lock = lock;
        this.roles = roles;
        this.names = names;
        this.tidying = new StagingTidying(server, guard, names.staging());
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
        return new StagingMark(
                names.staging(), Optional.ofNullable(staging).map(StagingDatabase::oid), names.previous(), swapping);
    }

    /** Makes the staging database. */
    public void createStaging(DatabaseShape shape) {
        stagingBegun = true;
        staging = StagingDatabase.create(server, guard, names, shape, roles.usableOwner(), token);
    }

    /** @return a session on the staging database, for the caller to close */
    public Connection openStaging() {
        return staging.open(server);
    }

    /**
     * What the target cannot have of the source.
     *
     * @param holder a session on the source, under the snapshot
     */
    public RestoreLimits limits(Connection holder) throws SQLException {
        try (Connection session = openStaging()) {
            return RestoreLimits.read(holder, session, server, roles);
        }
    }

    /**
     * Takes the definitions, of which nothing is restored yet.
     *
     * @param content as {@code pg_dump} wrote it in its custom format
     * @param builtByUs entries that are made from the plan instead
     * @param limits what the target cannot have
     */
    public StagingDefinitions define(
            byte[] content,
            ClientTools tools,
            RunDirectory run,
            Set<Archive.Id> builtByUs,
            RestoreLimits limits,
            Ownership ownership) {
        Archive archive = Archive.read(content, tools);
        StagingDefinitions made = new StagingDefinitions(
                server,
                staging,
                archive,
                ArchiveSelection.of(archive, builtByUs, limits),
                ownership,
                new ArchiveRestore(tools, run, server, staging, ownership, limits));
        synchronized (this) {
            definitions = made;
            if (ended) {
                made.close();
            }
        }
        return made;
    }

    /** What {@link #define} has made. */
    public StagingDefinitions definitions() {
        return definitions;
    }

    /** Opens the sessions that rows, indexes and keys are written through. */
    public void openSessions(int size, String maintenanceWorkMem) {
        StagingLoad opened = StagingLoad.open(
                server,
                staging,
                roles.usableOwner().filter(owner -> !owner.equals(roles.login())),
                maintenanceWorkMem,
                size,
                token);
        synchronized (this) {
            load = opened;
            if (ended) {
                opened.close();
            }
        }
    }

    /** What the workers write through. */
    public StagingLoad load() {
        return load;
    }

    /** Sessions that fill the staging database. */
    int sessionsOpen() {
        return load == null ? 0 : load.sessions().open();
    }

    int sessionsInUse() {
        return load == null ? 0 : load.sessions().inUse();
    }

    /** Whether SQL of the operator's own runs after the load, which may change anything. */
    public boolean changesAfterLoad() {
        return !server.config().afterLoad().isEmpty();
    }

    /** Checks that the lock is still held and drops the ledger: nothing of ours stays in the new database. */
    public void dropLedger() {
        lock.orElseThrow().check();
        load.close();
        staging.dropBookkeeping(server);
    }

    /** Has the new database take its properties from here instead of from the old target. */
    public void carryOver(Carryover properties) {
        carryover = Optional.of(properties);
    }

    /** Puts the staging database in the old target's place. */
    public Swap.Outcome swap() {
        Carryover properties = carryover.orElseGet(() -> Carryover.fromTarget(server, guard.oldTarget(), roles));
        Swap.Outcome outcome = new Swap(server, guard, names, lock.orElseThrow()).run(staging, properties);
        swapped = true;
        return outcome;
    }

    /** Asks once whether the server still answers; waits for as long as the lock's session does. */
    Optional<CaravanException> reasonToStop() {
        synchronized (this) {
            if (ended || swapped) {
                return Optional.empty();
            }
        }
        try {
            lock.ifPresent(TargetLock::check);
            return Optional.empty();
        } catch (CaravanException e) {
            synchronized (this) {
                return ended || swapped ? Optional.empty() : Optional.of(e);
            }
        }
    }

    /** Ends the job's work on the server at once, whatever it is doing. */
    void end() {
        synchronized (this) {
            ended = true;
            if (definitions != null) {
                definitions.close();
            }
            if (load != null) {
                load.close();
            }
        }
        tidying.endSessions();
    }

    /** Drops the staging database unless it was swapped, and gives the lock back. Safe to call twice. */
    @Override
    public void close() {
        synchronized (this) {
            ended = true;
        }
        try {
            if (load != null) {
                load.close();
            }
            if (stagingBegun && !swapped) {
                tidying.drop(Optional.ofNullable(staging));
            }
        } finally {
            lock.ifPresent(TargetLock::close);
        }
    }
}
