package dev.caravan.target;

import dev.caravan.connection.SessionPool;
import dev.caravan.schema.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Opens the sessions that fill a staging database. Stateless. */
final class LoadSessions {
    private LoadSessions() {}

    /**
     * @param role the role that owns the new objects, when it is not the login
     * @param maintenanceWorkMem memory for one index build, such as {@code 256MB}
     */
    static SessionPool pool(
            TargetServer server, StagingDatabase staging, Optional<String> role, String maintenanceWorkMem, int size) {
        return new SessionPool(server.config().name(), size, () -> open(server, staging, role, maintenanceWorkMem));
    }

    private static Connection open(
            TargetServer server, StagingDatabase staging, Optional<String> role, String maintenanceWorkMem) {
        Connection session = staging.open(server);
        try {
            // Few statements, each run once: compiling them costs more than it saves.
            TargetServer.execute(
                    session,
                    "SET synchronous_commit = off; SET maintenance_work_mem = "
                            + Identifiers.literal(maintenanceWorkMem)
                            + "; SET jit = off; SET check_function_bodies = off; SET xmloption = content"
                            + role.map(owner -> "; SET ROLE " + Identifiers.quoted(owner))
                                    .orElse(""));
            // An index build is silent for as long as it takes; from here on the pool can break the session.
            session.setNetworkTimeout(Runnable::run, 0);
            return session;
        } catch (SQLException e) {
            try {
                session.close();
            } catch (SQLException ignored) {
                e.addSuppressed(ignored);
            }
            throw server.failed(e, "opening a loading session");
        }
    }
}
