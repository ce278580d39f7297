package dev.caravan.target;

import dev.caravan.plan.Preflight;
import dev.caravan.plan.TargetFacts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out what PREFLIGHT must know of a target. Stateless. */
final class TargetInspection {
    private static final String LOGIN = """
            SELECT r.rolsuper, r.rolcreatedb, pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('server_version_num')::int,
              least(
                pg_catalog.current_setting('max_connections')::int - pg_catalog.current_setting('superuser_reserved_connections')::int
                  - coalesce(pg_catalog.current_setting('reserved_connections', true)::int, 0)
                  - (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend'),
                CASE WHEN r.rolconnlimit < 0 THEN 100000 ELSE r.rolconnlimit
                  - (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE usename = r.rolname) END) + 1
            FROM pg_catalog.pg_roles r WHERE r.rolname = current_user""";

    private static final String EXTENSIONS = "SELECT DISTINCT name FROM pg_catalog.pg_available_extension_versions";
    private static final String LOCALES =
            "SELECT collcollate FROM pg_catalog.pg_collation WHERE collcollate IS NOT NULL"
                    + " UNION SELECT collctype FROM pg_catalog.pg_collation WHERE collctype IS NOT NULL"
                    + " UNION SELECT datcollate FROM pg_catalog.pg_database UNION SELECT datctype FROM pg_catalog.pg_database";
    private static final String OWNS = "SELECT count(*) FROM pg_catalog.pg_database"
            + " WHERE oid = %d AND pg_catalog.pg_has_role(datdba, 'USAGE')";
    private static final String TABLES =
            "SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";

    private TargetInspection() {}

    static TargetFacts inspect(TargetServer server, OptionalLong oldTarget, Collection<String> missingRoles) {
        try (Connection session = server.maintenance();
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(LOGIN)) {
            row.next();
            Set<String> locales = texts(session, LOCALES).stream()
                    .map(Preflight::comparable)
                    .collect(Collectors.toCollection(HashSet::new));
            locales.addAll(List.of("c", "posix"));
            return new TargetFacts(
                    row.getInt(4),
                    row.getBoolean(3),
                    row.getBoolean(1),
                    row.getBoolean(2),
                    oldTarget.isPresent(),
                    oldTarget.isPresent()
                            && texts(session, OWNS.formatted(oldTarget.getAsLong()))
                                    .equals(Set.of("1")),
                    oldTarget.isPresent() ? tables(server) : 0,
                    texts(session, EXTENSIONS),
                    texts(session, EXTENSIONS + " WHERE trusted OR NOT superuser"),
                    locales,
                    row.getInt(5),
                    List.copyOf(missingRoles));
        } catch (SQLException e) {
            throw server.failed(e, "looking at the server");
        }
    }

    private static int tables(TargetServer server) throws SQLException {
        try (Connection session = server.open(server.config().database())) {
            return Integer.parseInt(texts(session, TABLES).iterator().next());
        }
    }

    private static Set<String> texts(Connection session, String query) throws SQLException {
        Set<String> texts = new HashSet<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}
