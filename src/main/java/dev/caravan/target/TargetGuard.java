package dev.caravan.target;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.Identity;
import dev.caravan.connection.Sessions;
import dev.caravan.connection.SqlErrors;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * Keeps every source from being written, whatever name, address or port leads to it. A database is known by its server's system
 * identifier and its own oid. Physical clones of a server share both, so an equal pair is let through only where the operator
 * declares {@code clonedFrom} and the {@link CloneHandshake} shows two servers.
 *
 * <p>Asked when a job begins, and again on the very session that is about to drop or rename. Immutable, thread-safe.
 */
public final class TargetGuard {
    /** A source, and the database that it really is. */
    private record Protected(ConnectionConfig config, Identity identity) {}

    private final TargetServer target;
    private final Identity server;
    private final OptionalLong oldTarget;
    private final List<Protected> sources;

    private TargetGuard(TargetServer target, Identity server, OptionalLong oldTarget, List<Protected> sources) {
        this.target = target;
        this.server = server;
        this.oldTarget = oldTarget;
        this.sources = List.copyOf(sources);
    }

    /**
     * Looks at both servers, and refuses a target that is a source. The target database need not be there yet.
     *
     * @param source the job's source, which must be reachable
     * @param others further declared sources; those that cannot be reached are passed over
     * @throws CaravanException {@code target-protected}, {@code connection-unreachable} and its like
     */
    public static TargetGuard check(TargetServer target, ConnectionConfig source, Collection<ConnectionConfig> others) {
        List<Protected> sources = new ArrayList<>();
        sources.add(new Protected(source, identity(target, source)));
        sources.addAll(reachable(target, source, others));
        return checked(target, sources);
    }

    /** The same for tidying up after a crash, when even the job's source may be away. */
    public static TargetGuard forRepair(TargetServer target, Collection<ConnectionConfig> sources) {
        return checked(target, reachable(target, null, sources));
    }

    private static TargetGuard checked(TargetServer target, List<Protected> sources) {
        String database = target.config().database();
        try (Connection session = target.maintenance()) {
            Identity server = Identity.of(session);
            OptionalLong oid = TargetServer.oidOf(session, database);
            TargetGuard guard = new TargetGuard(target, server, oid, sources);
            if (database.equals(target.config().maintenanceDatabase())) {
                throw CaravanException.of(
                        ErrorCode.TARGET_PROTECTED,
                        "The target \"" + target.config().name() + "\" is its own maintenance database.",
                        "Name another database in maintenanceDatabase, such as postgres.");
            }
            if (oid.isPresent()) {
                guard.mayChange(session, database, oid.getAsLong());
            } else {
                guard.mayWriteServer(server);
            }
            return guard;
        } catch (SQLException e) {
            throw target.failed(e, "asking for the server's identity");
        }
    }

    private static List<Protected> reachable(
            TargetServer target, ConnectionConfig except, Collection<ConnectionConfig> configs) {
        List<Protected> found = new ArrayList<>();
        for (ConnectionConfig config : configs) {
            if (config.role() == ConnectionConfig.Role.SOURCE
                    && (except == null || !config.name().equals(except.name()))) {
                try {
                    found.add(new Protected(config, identity(target, config)));
                } catch (CaravanException e) {
                    // A source that cannot be reached now cannot be told by its identity; its name is refused as a
                    // target anyway.
                    continue;
                }
            }
        }
        return found;
    }

    private static Identity identity(TargetServer target, ConnectionConfig source) {
        try (Connection session = Sessions.open(source, source.database(), target.applicationName())) {
            return Identity.of(session);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, source.name(), "asking for the server's identity");
        }
    }

    /** The identity of the target's server, read on its maintenance database. */
    public Identity server() {
        return server;
    }

    /** The oid that the target database had when the job began, when it was there. */
    public OptionalLong oldTarget() {
        return oldTarget;
    }

    /**
     * Refuses to touch a database that is a source or not the one that was meant.
     *
     * @param session the session that is about to drop or rename
     * @param database the database's name
     * @param oid the oid that it must have
     * @throws CaravanException {@code target-protected}
     */
    public void mayChange(Connection session, String database, long oid) throws SQLException {
        Identity now = Identity.of(session);
        mayWriteServer(now);
        OptionalLong found = TargetServer.oidOf(session, database);
        if (found.isEmpty() || found.getAsLong() != oid) {
            throw refused(
                    "The database \"" + database + "\" is not the one that the job began with.",
                    "Somebody made, renamed or dropped it meanwhile; run the job again.");
        }
        for (Protected source : sources) {
            if (source.identity().systemIdentifier().equals(now.systemIdentifier())
                    && source.identity().databaseOid() == oid) {
                clone(source, now, session);
            }
        }
    }

    private void mayWriteServer(Identity now) {
        if (!now.systemIdentifier().equals(server.systemIdentifier())) {
            throw refused(
                    "The address of \"" + target.config().name()
                            + "\" leads to another server than at the job's start.",
                    "Check where its name resolves to, and run the job again.");
        }
        if (now.inRecovery()) {
            throw refused(
                    "The server of \"" + target.config().name() + "\" is a standby.",
                    "Name the primary server as the target.");
        }
    }

    private void clone(Protected source, Identity now, Connection session) {
        boolean declared = target.config()
                .clonedFrom()
                .filter(source.config().name()::equals)
                .isPresent();
        if (!declared) {
            throw refused(
                    "The target \"" + target.config().name() + "\" is the database of the source \""
                            + source.config().name() + "\", or a physical clone of it.",
                    "Name another database. For a physical clone (a snapshot restore, an Aurora clone) set"
                            + " caravan.connection." + target.config().name() + ".clonedFrom = "
                            + source.config().name() + ".");
        }
        if (now.inRecovery() || source.identity().inRecovery()) {
            throw refused(
                    "\"" + source.config().name() + "\" and \""
                            + target.config().name()
                            + "\" share an identity, and one of them is a standby: it may be the other's.",
                    "Copy from the primary, or from a clone that has been promoted.");
        }
        if (!CloneHandshake.twoServers(session, source.config(), target)) {
            throw refused(
                    "The target \"" + target.config().name() + "\" is declared as a clone of \""
                            + source.config().name() + "\", but its address leads to that very server.",
                    "Check the host and port of both connections.");
        }
    }

    private static CaravanException refused(String detail, String hint) {
        return CaravanException.of(ErrorCode.TARGET_PROTECTED, detail, hint);
    }
}
