package dev.caravan.target;

import dev.caravan.connection.ClientTools;
import dev.caravan.connection.RunDirectory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One job's staging database: made, defined, filled, and taken away unless it was swapped. One thread's; {@link #end()} may come from
 * another, and what the workers do goes through {@link #load()}.
 */
public final class StagingWork {
    private final TargetServer server;
    private final TargetGuard guard;
    private final TargetRoles roles;
    private final StagingNames names;
    private final StagingTidying tidying;
    private final OpenSessions handedOut = new OpenSessions();
    private final String token = UUID.randomUUID().toString();
    private StagingDatabase staging;
    private volatile StagingLoad load;
    private Archive archive;
    private Ownership ownership;
    private StagingDefinitions definitions;
    private boolean begun;
    private boolean ended;

    StagingWork(TargetServer server, TargetGuard guard, TargetRoles roles, StagingNames names) {
        this.server = server;
        this.guard = guard;
        this.roles = roles;
        this.names = names;
        this.tidying = new StagingTidying(server, guard, names.staging());
    }

    /** Makes the staging database. */
    public void create(DatabaseShape shape) {
        begun = true;
        staging = StagingDatabase.create(server, guard, names, shape, roles.usableOwner(), token);
    }

    /** What was made. */
    StagingDatabase database() {
        return staging;
    }

    /** Absent before it is made. */
    Optional<Long> oid() {
        return Optional.ofNullable(staging).map(StagingDatabase::oid);
    }

    /** @return a session on the staging database, for the caller to close */
    public Connection open() {
        return handedOut.add(staging.open(server));
    }

    /**
     * What the target cannot have of the source.
     *
     * @param holder a session on the source, under the snapshot
     */
    public RestoreLimits limits(Connection holder) throws SQLException {
        try (Connection session = open()) {
            return RestoreLimits.read(holder, session, server, roles);
        }
    }

    /** Takes what is to be defined in it, and whose it is to be. */
    public void take(Archive definitionsOfSource, Ownership ownershipOnSource) {
        archive = definitionsOfSource;
        ownership = ownershipOnSource;
    }

    /**
     * Makes ready to restore what {@link #take} was given, of which nothing is restored yet.
     *
     * @param builtByUs entries that are made from the plan instead
     * @param limits what the target cannot have
     */
    public StagingDefinitions define(
            ClientTools tools, RunDirectory run, Set<Archive.Id> builtByUs, RestoreLimits limits) {
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

    /** Ends the load and drops the ledger: nothing of ours stays in the new database. */
    void dropLedger() {
        load.close();
        staging.dropBookkeeping(server);
    }

    synchronized boolean ended() {
        return ended;
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
        handedOut.end();
        tidying.endSessions();
    }

    /** Closes the sessions, once the work is done or given up. Safe to call twice. */
    void closeSessions() {
        synchronized (this) {
            ended = true;
        }
        if (load != null) {
            load.close();
        }
    }

    /** Drops it, if it was begun. */
    void drop() {
        if (begun) {
            tidying.drop(Optional.ofNullable(staging));
        }
    }
}
