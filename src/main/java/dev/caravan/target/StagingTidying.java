package dev.caravan.target;

import dev.caravan.schema.CaravanException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** Takes a job's staging database from its server again, over sessions of its own: the job's may be stuck. Thread-safe. */
final class StagingTidying {
    private final TargetServer server;
    private final TargetGuard guard;
    private final String name;

    StagingTidying(TargetServer server, TargetGuard guard, String name) {
        this.server = server;
        this.guard = guard;
        this.name = name;
    }

    /** Ends what the job's sessions on the staging database are doing. */
    void endSessions() {
        try (Connection session = tidy().maintenance();
                PreparedStatement statement = session.prepareStatement(
                        "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
                                + " WHERE application_name = ? AND usename = current_user AND datname = ?")) {
            statement.setString(1, server.applicationName());
            statement.setString(2, name);
            statement.execute();
        } catch (SQLException | CaravanException e) {
            // The server is away: so are its sessions, or keep-alives end them.
        }
    }

    /**
     * Drops it if it is there.
     *
     * @param staging absent when the answer to its making was lost: then it goes by name, which holds the job's id, so it is ours
     */
    void drop(Optional<StagingDatabase> staging) {
        TargetServer tidy = tidy();
        if (staging.isPresent()) {
            staging.get().drop(tidy, guard);
            return;
        }
        try (Connection session = tidy.maintenance()) {
            // The order to make it may still be on its way to a session that lives.
            new TargetSessions(tidy, session).endOf(server.applicationName());
            OptionalLong left = TargetServer.oidOf(session, name);
            if (left.isPresent()) {
                new StagingDatabase(name, left.getAsLong()).drop(tidy, guard);
            }
        } catch (SQLException e) {
            throw server.failed(e, "dropping the staging database");
        }
    }

    private TargetServer tidy() {
        return TargetServer.forRepair(server.config(), server.jobId());
    }
}
