package dev.caravan.target;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The database that a job fills beside its target. Nobody but its owner, the job's login and superusers may connect to it.
 *
 * @param name its name
 * @param oid its oid, by which it is known after the swap
 */
public record StagingDatabase(String name, long oid) {
    /**
     * Makes it from template0, with a schema {@code caravan} that holds the fence and the ledger. A leftover of an earlier attempt
     * of the same job is dropped first.
     *
     * @param owner who owns it; absent: the login. The login must be able to act as that role.
     * @param token the fence's token: who does not know it may not write
     * @throws CaravanException {@code encoding-unavailable} when the server cannot have the source's encoding or locale
     */
    public static StagingDatabase create(
            TargetServer server,
            TargetGuard guard,
            StagingNames names,
            DatabaseShape shape,
            Optional<String> owner,
            String token) {
        String name = names.staging();
        try (Connection session = server.maintenance()) {
            OptionalLong leftover = TargetServer.oidOf(session, name);
            if (leftover.isPresent()) {
                new StagingDatabase(name, leftover.getAsLong()).drop(server, guard);
            }
            int major = session.getMetaData().getDatabaseMajorVersion();
            try {
                TargetServer.execute(
                        session,
                        "CREATE DATABASE " + Identifiers.quoted(name)
                                + owner.map(role -> " OWNER " + Identifiers.quoted(role))
                                        .orElse("")
                                + " TEMPLATE template0" + shape.options(major));
            } catch (SQLException e) {
                throw unavailable(server, shape, e);
            }
            StagingDatabase staging =
                    new StagingDatabase(name, TargetServer.oidOf(session, name).orElseThrow());
            TargetServer.execute(
                    session, "REVOKE CONNECT, TEMPORARY ON DATABASE " + Identifiers.quoted(name) + " FROM PUBLIC");
            Ledger.create(server, name, owner, token);
            return staging;
        } catch (SQLException e) {
            throw server.failed(e, "making the staging database");
        }
    }

    private static CaravanException unavailable(TargetServer server, DatabaseShape shape, SQLException e) {
        CaravanException failed = server.failed(e, "making the staging database");
        String state = String.valueOf(e.getSQLState());
        if (!state.equals("22023") && !state.equals("42809") && !state.equals("0A000") && !state.equals("42704")) {
            return failed;
        }
        return CaravanException.of(
                        ErrorCode.ENCODING_UNAVAILABLE,
                        "The server of \"" + server.config().name() + "\" cannot make a database like the source: "
                                + shape + ".",
                        "Install the locale on the target's server (locale-gen, or its ICU package) and restart it.")
                .with("sqlState", state);
    }

    /** Opens a session on it. */
    public Connection open(TargetServer server) {
        return server.open(name);
    }

    /** Drops the schema {@code caravan}, after which the database holds the source's objects only. */
    public void dropBookkeeping(TargetServer server) {
        try (Connection session = open(server)) {
            TargetServer.execute(session, "DROP SCHEMA IF EXISTS " + Ledger.SCHEMA + " CASCADE");
        } catch (SQLException e) {
            throw server.failed(e, "dropping the schema " + Ledger.SCHEMA);
        }
    }

    /** Ends its sessions and drops it; does nothing when the database of that name is not there or is another one. */
    public void drop(TargetServer server, TargetGuard guard) {
        try (Connection session = server.maintenance()) {
            OptionalLong found = TargetServer.oidOf(session, name);
            if (found.isEmpty() || found.getAsLong() != oid) {
                return;
            }
            if (!StagingNames.ours(name)) {
                throw CaravanException.of(
                        ErrorCode.TARGET_PROTECTED,
                        "The database \"" + name + "\" is not one that a job made.",
                        "Drop it yourself if it is to go.");
            }
            guard.mayChange(session, name, oid);
            new TargetSessions(server, session).end(name);
            dropNow(session, name);
        } catch (SQLException e) {
            throw server.failed(e, "dropping the database \"" + name + "\"");
        }
    }

    private static void dropNow(Connection session, String name) throws SQLException {
        String drop = "DROP DATABASE " + Identifiers.quoted(name);
        try {
            TargetServer.execute(session, drop + " WITH (FORCE)");
        } catch (SQLException e) {
            // FORCE wants the right to end every session, autovacuum's too; without it the server ends autovacuum by
            // itself.
            if (!"42501".equals(e.getSQLState()) && !"55006".equals(e.getSQLState())) {
                throw e;
            }
            TargetServer.execute(session, drop);
        }
    }
}
