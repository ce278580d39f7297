package dev.caravan.target;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads from the source's catalogue whose objects are and where privileges differ from those that a new object has. */
final class SourcePrivileges {
    /**
     * An object and its owner.
     *
     * @param type as pg_identify_object calls it
     * @param identity its name as SQL, every part qualified and quoted
     */
    record Owned(String type, String identity, String owner) {}

    /**
     * A privilege to grant, or to take away because a new object has it by default.
     *
     * @param type what it is on, as pg_identify_object calls it; for default privileges the kind of object, such as TABLES
     * @param identity the object as SQL; for default privileges the schema as SQL, or empty for all
     * @param column a column's name, when it is on a column
     * @param owner the object's owner, or whose default privileges these are
     * @param grantee absent for PUBLIC
     * @param privilege the keyword
     */
    record Privilege(
            boolean ofDefaults,
            boolean revoked,
            String type,
            String identity,
            Optional<String> column,
            String owner,
            Optional<String> grantee,
            String privilege,
            boolean grantable) {}

    private SourcePrivileges() {}

    /** Roles that own something in the session's database, are granted something or are named by a policy. */
    static Set<String> roles(Connection source) throws SQLException {
        Set<String> roles = new TreeSet<>();
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery(PrivilegeQueries.ROLES)) {
            while (row.next()) {
                roles.add(row.getString(1));
            }
        }
        return roles;
    }

    static List<Owned> owners(Connection source) throws SQLException {
        List<Owned> owned = new ArrayList<>();
        try (Statement statement = source.createStatement()) {
            statement.execute(PrivilegeQueries.QUOTE_ALL);
            try (ResultSet row = statement.executeQuery(PrivilegeQueries.owners())) {
                while (row.next()) {
                    owned.add(new Owned(row.getString(1), row.getString(2), row.getString(3)));
                }
            }
            statement.execute(PrivilegeQueries.QUOTE_AS_BEFORE);
        }
        return owned;
    }

    /** What is to be taken away comes before what is to be granted. */
    static List<Privilege> privileges(Connection source) throws SQLException {
        List<Privilege> privileges = new ArrayList<>();
        try (Statement statement = source.createStatement()) {
            statement.execute(PrivilegeQueries.QUOTE_ALL);
            for (String query : PrivilegeQueries.privileges()) {
                try (ResultSet row = statement.executeQuery(query)) {
                    while (row.next()) {
                        privileges.add(new Privilege(
                                row.getBoolean("of_defaults"),
                                row.getBoolean("revoked"),
                                row.getString("type"),
                                row.getString("identity"),
                                Optional.ofNullable(row.getString("attribute")),
                                row.getString("owner"),
                                Optional.ofNullable(row.getString("grantee")),
                                row.getString("privilege_type"),
                                row.getBoolean("is_grantable")));
                    }
                }
            }
            statement.execute(PrivilegeQueries.QUOTE_AS_BEFORE);
        }
        return privileges;
    }
}
