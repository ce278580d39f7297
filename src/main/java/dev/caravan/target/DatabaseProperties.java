package dev.caravan.target;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What ALTER DATABASE, GRANT ON DATABASE, ALTER ROLE IN DATABASE and COMMENT ON DATABASE have set: nothing that pg_dump puts
 * into an archive of one database.
 *
 * @param owner its owner
 * @param grants its privileges, the built-in ones when none were ever set
 * @param connectionLimit -1 for none
 * @param comment its comment
 * @param settings values of settings, for all roles or one
 */
record DatabaseProperties(
        String owner, List<Grant> grants, int connectionLimit, Optional<String> comment, List<Setting> settings) {
    private static final String PROPERTIES =
            "SELECT pg_catalog.pg_get_userbyid(datdba), datconnlimit, pg_catalog.shobj_description(oid, 'pg_database')"
                    + " FROM pg_catalog.pg_database WHERE oid = ?";
    private static final String GRANTS = "SELECT pg_catalog.pg_get_userbyid(nullif(x.grantee, 0)), x.privilege_type,"
            + " x.is_grantable, x.grantee = d.datdba FROM pg_catalog.pg_database d,"
            + " pg_catalog.aclexplode(coalesce(d.datacl, pg_catalog.acldefault('d', d.datdba))) x WHERE d.oid = ?";
    private static final String SETTINGS = "SELECT r.rolname, s.setconfig FROM pg_catalog.pg_db_role_setting s"
            + " LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole WHERE s.setdatabase = ?"
            + " AND (s.setrole = 0 OR r.oid IS NOT NULL) ORDER BY r.rolname NULLS FIRST";

    /**
     * @param grantee absent for PUBLIC
     * @param owners whether it is the owner's own
     */
    record Grant(Optional<String> grantee, String privilege, boolean grantable, boolean owners) {}

    /**
     * @param role absent for all roles
     * @param value as pg_db_role_setting holds it
     */
    record Setting(Optional<String> role, String name, String value) {}

    /** Reads them of the database with that oid, from any session of its server. */
    static DatabaseProperties read(Connection session, long oid) throws SQLException {
        List<Grant> grants = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(GRANTS)) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    grants.add(new Grant(
                            Optional.ofNullable(row.getString(1)),
                            row.getString(2),
                            row.getBoolean(3),
                            row.getBoolean(4)));
                }
            }
        }
        List<Setting> settings = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(SETTINGS)) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    addSettings(settings, Optional.ofNullable(row.getString(1)), row.getArray(2));
                }
            }
        }
        try (PreparedStatement statement = session.prepareStatement(PROPERTIES)) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new DatabaseProperties(
                        row.getString(1), grants, row.getInt(2), Optional.ofNullable(row.getString(3)), settings);
            }
        }
    }

    private static void addSettings(List<Setting> settings, Optional<String> role, Array config) throws SQLException {
        for (String pair : (String[]) config.getArray()) {
            int equals = pair.indexOf('=');
            settings.add(new Setting(role, pair.substring(0, equals), pair.substring(equals + 1)));
        }
    }
}
