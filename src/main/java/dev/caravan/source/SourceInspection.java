package dev.caravan.source;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.Identity;
import dev.caravan.connection.SqlErrors;
import dev.caravan.plan.SourceFacts;
import dev.caravan.schema.TablePattern;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;

/** Finds out what PREFLIGHT must know of a source, in one short session. Stateless. */
public final class SourceInspection {
    private static final String USERS_OWN = LockedTable.IN_COPY;

    private static final String UNREADABLE = """
            SELECT CASE c.relkind WHEN 'S' THEN 'sequence ' ELSE 'table ' END || pg_catalog.quote_ident(n.nspname) || '.'
              || pg_catalog.quote_ident(c.relname)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'S', 'm') AND %s AND NOT (pg_catalog.has_schema_privilege(n.oid, 'USAGE')
              AND CASE c.relkind WHEN 'S' THEN pg_catalog.has_sequence_privilege(c.oid, 'SELECT')
                                 WHEN 'm' THEN true ELSE pg_catalog.has_table_privilege(c.oid, 'SELECT') END)
            UNION ALL
            SELECT 'large object ' || l.oid FROM pg_catalog.pg_largeobject_metadata l
            WHERE NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
              AND NOT pg_catalog.current_setting('lo_compat_privileges')::boolean
              AND NOT pg_catalog.pg_has_role(l.lomowner, 'USAGE')
              AND NOT EXISTS (SELECT 1 FROM pg_catalog.aclexplode(l.lomacl) a WHERE a.privilege_type = 'SELECT'
                AND (a.grantee = 0 OR pg_catalog.pg_has_role(a.grantee, 'USAGE')))
            ORDER BY 1""";

    private static final String TABLES_WHERE = """
            SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE %s AND (%s) ORDER BY 1""";

    /** What only a superuser may create, outside extensions: base types, C and untrusted functions, operator classes and the like. */
    private static final String SUPERUSERS_OBJECTS = """
            SELECT pg_catalog.pg_describe_object(o.classid, o.oid, 0) FROM (
              SELECT 'pg_catalog.pg_proc'::regclass AS classid, p.oid FROM pg_catalog.pg_proc p
                JOIN pg_catalog.pg_language l ON l.oid = p.prolang
                WHERE NOT l.lanpltrusted AND l.lanname <> 'internal' OR p.proleakproof
              UNION ALL SELECT 'pg_catalog.pg_type'::regclass, t.oid FROM pg_catalog.pg_type t
                WHERE t.typtype = 'b' AND t.typisdefined AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type e WHERE e.typarray = t.oid)
              UNION ALL SELECT 'pg_catalog.pg_opclass'::regclass, oid FROM pg_catalog.pg_opclass
              UNION ALL SELECT 'pg_catalog.pg_opfamily'::regclass, oid FROM pg_catalog.pg_opfamily
              UNION ALL SELECT 'pg_catalog.pg_ts_parser'::regclass, oid FROM pg_catalog.pg_ts_parser
              UNION ALL SELECT 'pg_catalog.pg_ts_template'::regclass, oid FROM pg_catalog.pg_ts_template
              UNION ALL SELECT 'pg_catalog.pg_am'::regclass, oid FROM pg_catalog.pg_am
              UNION ALL SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass, oid FROM pg_catalog.pg_foreign_data_wrapper
              UNION ALL SELECT 'pg_catalog.pg_transform'::regclass, oid FROM pg_catalog.pg_transform
            ) o WHERE o.oid >= 16384 AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
              WHERE d.classid = o.classid AND d.objid = o.oid AND d.deptype = 'e') ORDER BY 1""";

    private static final String REACHES_BACK = """
            SELECT 'user mapping for ' || usename || ' on server ' || srvname FROM pg_catalog.pg_user_mappings
            UNION ALL SELECT 'subscription ' || s.subname FROM pg_catalog.pg_subscription s
              JOIN pg_catalog.pg_database d ON d.oid = s.subdbid WHERE d.datname = pg_catalog.current_database()
            ORDER BY 1""";

    private static final String FREE_CONNECTIONS = """
            SELECT least(
              current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                - coalesce(current_setting('reserved_connections', true)::int, 0)
                - (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend'),
              (SELECT CASE WHEN rolconnlimit < 0 THEN 100000 ELSE rolconnlimit
                 - (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE usename = rolname) END
               FROM pg_catalog.pg_roles WHERE rolname = current_user),
              (SELECT CASE WHEN datconnlimit < 0 THEN 100000 ELSE datconnlimit
                 - (SELECT count(*) FROM pg_catalog.pg_stat_activity a WHERE a.datname = d.datname) END
               FROM pg_catalog.pg_database d WHERE datname = current_database())) + 1""";

    /**
     * @param exclude relations that are left out
     * @throws dev.caravan.schema.CaravanException {@code table-choice}, {@code connection-unreachable}, {@code authentication-failed} and the like
     */
    public SourceFacts inspect(ConnectionConfig source, String applicationName, List<TablePattern> exclude) {
        try (Connection session = SourceSessions.open(source, applicationName)) {
            return facts(session, Exclusion.of(session, exclude));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, source.name(), "looking at the database");
        }
    }

    /** Asks something else of the source in a short session of its own. */
    public <T> T ask(ConnectionConfig source, String applicationName, String doing, Snapshot.Use<T> use) {
        try (Connection session = SourceSessions.open(source, applicationName)) {
            return use.with(session);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, source.name(), doing);
        }
    }

    private static SourceFacts facts(Connection session, Exclusion exclusion) throws SQLException {
        String copied = USERS_OWN + exclusion.condition();
        Identity identity = Identity.of(session);
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_catalog.pg_encoding_to_char(encoding) AS encoding, datcollate, datctype,"
                                + " pg_catalog.pg_database_size(oid) AS bytes,"
                                + " current_setting('max_locks_per_transaction')::bigint * (current_setting('max_connections')::bigint"
                                + " + current_setting('max_prepared_transactions')::bigint) AS lock_capacity,"
                                + " (SELECT count(*) FROM pg_catalog.pg_locks WHERE NOT fastpath) AS locks_held,"
                                + " (" + FREE_CONNECTIONS + ") AS free_connections"
                                + " FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()")) {
            row.next();
            return new SourceFacts(
                    identity.systemIdentifier(),
                    identity.databaseOid(),
                    identity.database(),
                    identity.serverVersion(),
                    identity.inRecovery(),
                    row.getString("encoding"),
                    row.getString("datcollate"),
                    row.getString("datctype"),
                    LockedTable.list(session, exclusion).size(),
                    row.getLong("bytes"),
                    texts(session, UNREADABLE.formatted(copied)),
                    texts(session, tablesWhere(copied, "c.relrowsecurity AND pg_catalog.row_security_active(c.oid)")),
                    texts(session, tablesWhere(copied, "c.relpersistence = 'u' AND c.relkind = 'r'")),
                    new HashSet<>(
                            texts(session, "SELECT extname FROM pg_catalog.pg_extension WHERE extname <> 'plpgsql'")),
                    texts(session, SUPERUSERS_OBJECTS),
                    texts(session, tablesWhere(copied, "c.relkind = 'f'")),
                    texts(session, REACHES_BACK),
                    row.getInt("free_connections"),
                    row.getLong("lock_capacity"),
                    row.getLong("locks_held"));
        }
    }

    private static String tablesWhere(String copied, String condition) {
        return TABLES_WHERE.formatted(copied, condition);
    }

    private static List<String> texts(Connection session, String query) throws SQLException {
        return Rows.of(session, query, row -> row.getString(1));
    }
}
