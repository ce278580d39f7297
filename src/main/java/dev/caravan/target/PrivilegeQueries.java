package dev.caravan.target;

import java.util.List;

/**
 * The catalogue queries behind {@link SourcePrivileges}. A privilege counts when the object's ACL differs from what initdb or the
 * extension's script left (pg_init_privs), or, for all other objects, from the built-in default (acldefault).
 */
final class PrivilegeQueries {
    /** A word that is reserved on a newer target only must be quoted too. */
    static final String QUOTE_ALL = "SET quote_all_identifiers = on";

    static final String QUOTE_AS_BEFORE = "RESET quote_all_identifiers";

    static final String ROLES = "SELECT DISTINCT r.rolname FROM pg_catalog.pg_shdepend d"
            + " JOIN pg_catalog.pg_roles r ON r.oid = d.refobjid"
            + " JOIN pg_catalog.pg_database b ON b.oid = d.dbid AND b.datname = pg_catalog.current_database()"
            + " WHERE d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass AND d.deptype IN ('o', 'a', 'r')";

    private static final String OBJECTS = """
            WITH object (class, oid, owner, acl, letter) AS (
              SELECT 'pg_catalog.pg_namespace'::regclass::oid, oid, nspowner, nspacl, 'n'
                FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'
              UNION ALL SELECT 'pg_catalog.pg_class'::regclass, oid, relowner, relacl,
                  CASE relkind WHEN 'S' THEN 's' ELSE 'r' END
                FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND relpersistence <> 't'
              UNION ALL SELECT 'pg_catalog.pg_proc'::regclass, oid, proowner, proacl, 'f' FROM pg_catalog.pg_proc
              UNION ALL SELECT 'pg_catalog.pg_type'::regclass, t.oid, typowner, typacl, 'T' FROM pg_catalog.pg_type t
                WHERE typtype IN ('b', 'd', 'e', 'r', 'c')
                  AND (typrelid = 0 OR (SELECT relkind FROM pg_catalog.pg_class c WHERE c.oid = typrelid) = 'c')
                  AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.typarray = t.oid)
              UNION ALL SELECT 'pg_catalog.pg_language'::regclass, oid, lanowner, lanacl, 'l' FROM pg_catalog.pg_language
              UNION ALL SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass, oid, fdwowner, fdwacl, 'F'
                FROM pg_catalog.pg_foreign_data_wrapper
              UNION ALL SELECT 'pg_catalog.pg_foreign_server'::regclass, oid, srvowner, srvacl, 'S'
                FROM pg_catalog.pg_foreign_server
              UNION ALL SELECT 'pg_catalog.pg_largeobject'::regclass, oid, lomowner, lomacl, 'L'
                FROM pg_catalog.pg_largeobject_metadata
            )""";

    private static final String OWNED = """
            , owned (class, oid, owner) AS (
              SELECT class, oid, owner FROM object WHERE letter <> 'l' OR oid >= 16384
              UNION ALL SELECT 'pg_catalog.pg_operator'::regclass, oid, oprowner FROM pg_catalog.pg_operator
              UNION ALL SELECT 'pg_catalog.pg_opclass'::regclass, oid, opcowner FROM pg_catalog.pg_opclass
              UNION ALL SELECT 'pg_catalog.pg_opfamily'::regclass, oid, opfowner FROM pg_catalog.pg_opfamily
              UNION ALL SELECT 'pg_catalog.pg_collation'::regclass, oid, collowner FROM pg_catalog.pg_collation
              UNION ALL SELECT 'pg_catalog.pg_conversion'::regclass, oid, conowner FROM pg_catalog.pg_conversion
              UNION ALL SELECT 'pg_catalog.pg_ts_dict'::regclass, oid, dictowner FROM pg_catalog.pg_ts_dict
              UNION ALL SELECT 'pg_catalog.pg_ts_config'::regclass, oid, cfgowner FROM pg_catalog.pg_ts_config
              UNION ALL SELECT 'pg_catalog.pg_statistic_ext'::regclass, oid, stxowner FROM pg_catalog.pg_statistic_ext
              UNION ALL SELECT 'pg_catalog.pg_publication'::regclass, oid, pubowner FROM pg_catalog.pg_publication
            )
            SELECT i.type, i.identity, r.rolname FROM owned o
            JOIN pg_catalog.pg_roles r ON r.oid = o.owner,
            LATERAL pg_catalog.pg_identify_object(o.class, o.oid, 0) i
            WHERE (o.oid >= 16384 OR o.class = 'pg_catalog.pg_largeobject'::regclass OR (i.type = 'schema'
                AND i.identity = '"public"' AND r.oid <> 10 AND r.rolname <> 'pg_database_owner'))
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = o.class AND d.objid = o.oid
                AND (d.deptype = 'e' OR (d.deptype IN ('a', 'i') AND i.type = 'sequence'
                  AND d.refclassid = 'pg_catalog.pg_class'::regclass)))
            ORDER BY 1, 2""";

    /** What differs between an ACL and its base, as rows; %1$s is the ACL, %2$s the base. aclexplode refuses an empty array. */
    private static final String DIFFERENCE = """
            LATERAL (
              SELECT true AS revoked, grantee, privilege_type, false AS is_grantable FROM (
                SELECT grantee, privilege_type FROM pg_catalog.aclexplode(CASE WHEN pg_catalog.cardinality(%2$s) > 0 THEN %2$s END)
                EXCEPT SELECT grantee, privilege_type FROM pg_catalog.aclexplode(CASE WHEN pg_catalog.cardinality(%1$s) > 0 THEN %1$s END)) gone
              UNION ALL SELECT false, grantee, privilege_type, is_grantable FROM (
                SELECT grantee, privilege_type, is_grantable FROM pg_catalog.aclexplode(CASE WHEN pg_catalog.cardinality(%1$s) > 0 THEN %1$s END)
                EXCEPT SELECT grantee, privilege_type, is_grantable FROM pg_catalog.aclexplode(CASE WHEN pg_catalog.cardinality(%2$s) > 0 THEN %2$s END)) new
            ) x
            LEFT JOIN pg_catalog.pg_roles g ON g.oid = x.grantee""";

    /** The server makes it and grants on it after it has noted what is there from the beginning; pg_dump passes over it, too. */
    private static final String NOT_INFORMATION_SCHEMA = "AND i.identity !~ '^\"?information_schema\"?([.]|$)'";

    private static final String ON_OBJECTS = """

            SELECT false AS of_defaults, x.revoked, i.type, i.identity, NULL AS attribute, r.rolname AS owner,
              g.rolname AS grantee, x.privilege_type, x.is_grantable
            FROM object o
            JOIN pg_catalog.pg_roles r ON r.oid = o.owner
            LEFT JOIN pg_catalog.pg_init_privs p ON p.classoid = o.class AND p.objoid = o.oid AND p.objsubid = 0,
            LATERAL pg_catalog.pg_identify_object(o.class, o.oid, 0) i,
            """
            + DIFFERENCE.formatted("o.acl", "coalesce(p.initprivs, pg_catalog.acldefault(o.letter::\"char\", o.owner))")
            + """

            WHERE o.acl IS NOT NULL AND o.acl IS DISTINCT FROM p.initprivs
            """ + NOT_INFORMATION_SCHEMA + """

            ORDER BY x.revoked DESC, 3, 4""";

    private static final String ON_COLUMNS =
            """
            SELECT false AS of_defaults, x.revoked, i.type, i.identity, a.attname AS attribute, r.rolname AS owner,
              g.rolname AS grantee, x.privilege_type, x.is_grantable
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relpersistence <> 't'
            JOIN pg_catalog.pg_roles r ON r.oid = c.relowner
            LEFT JOIN pg_catalog.pg_init_privs p
              ON p.classoid = 'pg_catalog.pg_class'::regclass AND p.objoid = c.oid AND p.objsubid = a.attnum,
            LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_class'::regclass, c.oid, 0) i,
            """ + DIFFERENCE.formatted("a.attacl", "p.initprivs") + """

            WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND a.attacl IS DISTINCT FROM p.initprivs
            """ + NOT_INFORMATION_SCHEMA + """

            ORDER BY x.revoked DESC, 3, 4, 5""";

    private static final String OF_DEFAULTS = """
            SELECT true AS of_defaults, x.revoked,
              CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' WHEN 'L' THEN 'LARGE OBJECTS' END AS type,
              coalesce(pg_catalog.quote_ident(n.nspname), '') AS identity, NULL AS attribute, r.rolname AS owner,
              g.rolname AS grantee, x.privilege_type, x.is_grantable
            FROM pg_catalog.pg_default_acl d
            JOIN pg_catalog.pg_roles r ON r.oid = d.defaclrole
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace,
            """
            + DIFFERENCE.formatted(
                    "d.defaclacl",
                    "CASE WHEN d.defaclnamespace = 0 THEN pg_catalog.acldefault("
                            + "CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)"
                            + " END")
            + "\nORDER BY x.revoked DESC, 3, 4";

    private PrivilegeQueries() {}

    /** Rows of type, identity, owner. */
    static String owners() {
        return OBJECTS + OWNED;
    }

    static List<String> privileges() {
        return List.of(OBJECTS + ON_OBJECTS, ON_COLUMNS, OF_DEFAULTS);
    }
}
