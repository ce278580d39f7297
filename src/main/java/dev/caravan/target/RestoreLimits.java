package dev.caravan.target;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the target cannot have, or may not be given.
 *
 * @param superuser whether the login is a superuser
 * @param ownsPublicSchema whether it may change the schema public
 * @param skippedExtensions extensions that the operator leaves out
 * @param superuserPublications oids of the source's publications that only a superuser can make
 * @param policiesWithoutRoles oids of the source's policies that name roles which the target lacks, with these roles
 * @param tablespaces whether every tablespace in use on the source is there
 * @param transactionTimeout whether the server knows the setting, which pg_restore of 17 and later makes first of all
 */
public record RestoreLimits(
        boolean superuser,
        boolean ownsPublicSchema,
        Set<String> skippedExtensions,
        Set<Long> superuserPublications,
        Map<Long, String> policiesWithoutRoles,
        boolean tablespaces,
        boolean transactionTimeout) {
    /** The first major with {@code transaction_timeout}. */
    static final int TRANSACTION_TIMEOUT = 17;

    private static final String PUBLIC_SCHEMA =
            "SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = 'public' AND pg_catalog.pg_has_role(nspowner, 'USAGE')";
    private static final String PUBLICATIONS = "SELECT oid FROM pg_catalog.pg_publication WHERE puballtables";
    private static final String SCHEMA_PUBLICATIONS = " UNION SELECT pnpubid FROM pg_catalog.pg_publication_namespace";
    private static final String POLICIES = "SELECT p.oid, r.rolname FROM pg_catalog.pg_policy p"
            + " JOIN pg_catalog.pg_roles r ON r.oid = ANY (p.polroles)";
    private static final String TABLESPACES =
            "SELECT spcname FROM pg_catalog.pg_tablespace WHERE spcname NOT LIKE 'pg\\_%'";
    private static final String USED_TABLESPACES = "SELECT DISTINCT t.spcname FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace WHERE t.spcname NOT LIKE 'pg\\_%'";

    public RestoreLimits {
        skippedExtensions = Set.copyOf(skippedExtensions);
        superuserPublications = Set.copyOf(superuserPublications);
        policiesWithoutRoles = Map.copyOf(policiesWithoutRoles);
    }

    /**
     * @param source a session on the source
     * @param staging a session on the staging database
     */
    public static RestoreLimits read(Connection source, Connection staging, TargetServer server, TargetRoles roles)
            throws SQLException {
        Set<Long> publications = new TreeSet<>();
        String publicationQuery =
                PUBLICATIONS + (source.getMetaData().getDatabaseMajorVersion() >= 15 ? SCHEMA_PUBLICATIONS : "");
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery(publicationQuery)) {
            while (row.next()) {
                publications.add(row.getLong(1));
            }
        }
        Map<Long, String> policies = new TreeMap<>();
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery(POLICIES)) {
            while (row.next()) {
                if (!roles.exists(row.getString(2))) {
                    policies.merge(row.getLong(1), row.getString(2), (a, b) -> a + ", " + b);
                }
            }
        }
        return new RestoreLimits(
                roles.superuser(),
                !names(staging, PUBLIC_SCHEMA).contains("0"),
                Set.copyOf(server.config().skippedExtensions()),
                publications,
                policies,
                names(staging, TABLESPACES).containsAll(names(source, USED_TABLESPACES)),
                staging.getMetaData().getDatabaseMajorVersion() >= TRANSACTION_TIMEOUT);
    }

    private static Set<String> names(Connection session, String query) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
