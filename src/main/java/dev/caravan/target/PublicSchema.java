package dev.caravan.target;

import dev.caravan.job.Report.LeftOut;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What PUBLIC may do in the schema public. A new database of 15 and later grants less than one before, and pg_dump of 15 and later takes
 * that for the default of every server: what the source said is lost on a target before 15. So it is compared and settled. Immutable.
 *
 * @param there whether the source has the schema
 * @param privileges keywords
 */
record PublicSchema(boolean there, Set<String> privileges) {
    private static final String QUERY = """
            SELECT ARRAY(SELECT a.privilege_type FROM pg_catalog.aclexplode(
                coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner))) a WHERE a.grantee = 0 ORDER BY 1)
            FROM pg_catalog.pg_namespace n WHERE n.nspname = 'public'""";

    PublicSchema {
        privileges = Set.copyOf(privileges);
    }

    static PublicSchema read(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            return row.next()
                    ? new PublicSchema(true, Set.of((String[]) row.getArray(1).getArray()))
                    : new PublicSchema(false, Set.of());
        }
    }

    /**
     * Makes the staging database's schema say the same.
     *
     * @param leftOut takes what the login may not set, which a server does not always call an error
     */
    void settle(Connection staging, Collection<LeftOut> leftOut) throws SQLException {
        PublicSchema now = read(staging);
        if (!there || !now.there || now.equals(this)) {
            return;
        }
        try {
            for (String statement : statements(now)) {
                TargetServer.execute(staging, statement);
            }
        } catch (SQLException e) {
            if (!"42501".equals(e.getSQLState())) {
                throw e;
            }
        }
        if (!read(staging).equals(this)) {
            leftOut.add(new LeftOut("privileges of PUBLIC on schema public", "The target's login may not set them."));
        }
    }

    private List<String> statements(PublicSchema now) {
        List<String> statements = new ArrayList<>();
        without(now.privileges, privileges)
                .forEach(excess -> statements.add("REVOKE " + excess + " ON SCHEMA public FROM PUBLIC"));
        without(privileges, now.privileges)
                .forEach(lacking -> statements.add("GRANT " + lacking + " ON SCHEMA public TO PUBLIC"));
        return statements;
    }

    private static Set<String> without(Set<String> all, Set<String> others) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(others);
        return rest;
    }
}
