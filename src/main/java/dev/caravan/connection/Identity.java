package dev.caravan.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which database a session is really on, whatever name or address led there.
 *
 * @param systemIdentifier made by initdb, shared by a server, its standbys and its physical clones
 * @param databaseOid pg_database.oid
 * @param database the database's name
 * @param serverVersion server_version_num, such as 150018
 * @param inRecovery whether the server is a standby
 */
public record Identity(
        String systemIdentifier, long databaseOid, String database, int serverVersion, boolean inRecovery) {
    private static final String QUERY =
            "SELECT (pg_catalog.pg_control_system()).system_identifier::text, d.oid, d.datname,"
                    + " pg_catalog.current_setting('server_version_num')::int, pg_catalog.pg_is_in_recovery()"
                    + " FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()";

    /** Asks the server. */
    public static Identity of(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return new Identity(row.getString(1), row.getLong(2), row.getString(3), row.getInt(4), row.getBoolean(5));
        }
    }

    /** The major version, such as 15. */
    public int major() {
        return serverVersion / 10_000;
    }

    /** Whether both are the same database of the same cluster, or of physical clones of one. */
    public boolean sameDatabaseAs(Identity other) {
        return systemIdentifier.equals(other.systemIdentifier) && databaseOid == other.databaseOid;
    }
}
