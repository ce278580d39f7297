package dev.caravan.connection;

import dev.caravan.schema.CaravanException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Tries a declared connection out. Thread-safe. */
public final class ConnectionChecks {
    private final Connections connections;

    public ConnectionChecks(Connections connections) {
        this.connections = connections;
    }

    /**
     * What was found at the other end.
     *
     * @param name the connection
     * @param database the database that answered
     * @param serverVersion as the server says it, such as 15.18
     * @param systemIdentifier made by initdb; the same on standbys and physical clones
     * @param inRecovery whether the server is a standby
     * @param warnings what is worth a second thought
     */
    public record Check(
            String name,
            String database,
            String serverVersion,
            String systemIdentifier,
            boolean inRecovery,
            List<String> warnings) {
        public Check {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Logs in. A target's database need not be there yet: then its maintenance database answers.
     *
     * @throws CaravanException {@code unknown-connection}, {@code connection-unreachable}, {@code authentication-failed} …
     */
    public Check check(String name) {
        ConnectionConfig config = connections.named(name);
        boolean target = config.role() == ConnectionConfig.Role.TARGET;
        List<String> warnings = new ArrayList<>();
        try (Connection session = Sessions.open(
                        config, target ? config.maintenanceDatabase() : config.database(), "caravan check");
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.current_setting('server_version'), rolsuper,"
                        + " rolcreatedb FROM pg_catalog.pg_roles WHERE rolname = current_user")) {
            row.next();
            Identity identity = Identity.of(session);
            if (target && row.getBoolean(2)) {
                warnings.add("The login is a superuser; an ordinary role with CREATEDB is safer.");
            }
            if (target && !row.getBoolean(2) && !row.getBoolean(3)) {
                warnings.add("The login may not create databases: ALTER ROLE … CREATEDB.");
            }
            if (target && identity.inRecovery()) {
                warnings.add("The server is a standby and cannot be written.");
            }
            return new Check(
                    name,
                    config.database(),
                    row.getString(1),
                    identity.systemIdentifier(),
                    identity.inRecovery(),
                    warnings);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, name, "logging in");
        }
    }
}
