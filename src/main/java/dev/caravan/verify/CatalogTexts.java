package dev.caravan.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BiConsumer;

/** The texts of a database's catalog that may quote a value: pg_dump carries them as they are. Stateless. */
final class CatalogTexts {
    private static final String OURS = " NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'caravan')";

    private static final String ALL = """
            SELECT 'a comment', d.description FROM pg_catalog.pg_description d
              WHERE d.objoid >= 16384 OR d.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
            UNION ALL SELECT 'a label of the enum ' || t.typname, e.enumlabel FROM pg_catalog.pg_enum e JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid
            UNION ALL SELECT 'a default of ' || c.relname || '.' || a.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid)
              FROM pg_catalog.pg_attrdef d JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
              JOIN pg_catalog.pg_class c ON c.oid = d.adrelid
            UNION ALL SELECT 'the view ' || c.relname, pg_catalog.pg_get_viewdef(c.oid) FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND n.nspname %1$s
            UNION ALL SELECT 'the function ' || p.proname, CASE WHEN p.prosrc = '' AND p.prokind IN ('f', 'p') THEN pg_catalog.pg_get_functiondef(p.oid)
                ELSE concat_ws(' ', p.prosrc, pg_catalog.pg_get_function_arguments(p.oid), pg_catalog.array_to_string(p.proconfig, ' ')) END
              FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname %1$s
            UNION ALL SELECT 'the aggregate ' || a.aggfnoid, concat_ws(' ', a.agginitval, a.aggminitval) FROM pg_catalog.pg_aggregate a
              WHERE a.aggfnoid >= 16384
            UNION ALL SELECT 'the publication ' || p.pubname, pg_catalog.to_jsonb(p) ->> 'rowfilter' FROM pg_catalog.pg_publication_tables p
            UNION ALL SELECT 'the options of ' || f.ftrelid::pg_catalog.regclass, pg_catalog.array_to_string(f.ftoptions, ' ')
              FROM pg_catalog.pg_foreign_table f
            UNION ALL SELECT 'the options of the server ' || s.srvname, pg_catalog.array_to_string(s.srvoptions, ' ')
              FROM pg_catalog.pg_foreign_server s
            UNION ALL SELECT 'the bounds of ' || c.relname, pg_catalog.pg_get_expr(c.relpartbound, c.oid) FROM pg_catalog.pg_class c
              WHERE c.relpartbound IS NOT NULL
            UNION ALL SELECT 'the constraint ' || k.conname, pg_catalog.pg_get_constraintdef(k.oid) FROM pg_catalog.pg_constraint k WHERE k.contype = 'c'
              AND k.oid >= 16384
            UNION ALL SELECT 'the index ' || i.indexrelid::pg_catalog.regclass::text, pg_catalog.pg_get_indexdef(i.indexrelid)
              FROM pg_catalog.pg_index i WHERE (i.indpred IS NOT NULL OR i.indexprs IS NOT NULL) AND i.indexrelid >= 16384
            UNION ALL SELECT 'the statistics ' || s.stxname, pg_catalog.pg_get_statisticsobjdef(s.oid) FROM pg_catalog.pg_statistic_ext s
            UNION ALL SELECT 'the trigger ' || t.tgname, pg_catalog.pg_get_triggerdef(t.oid) FROM pg_catalog.pg_trigger t WHERE NOT t.tgisinternal
            UNION ALL SELECT 'the default of the domain ' || t.typname, t.typdefault FROM pg_catalog.pg_type t WHERE t.typtype = 'd' AND t.oid >= 16384
            UNION ALL SELECT 'a policy or rule on ' || tablename, concat_ws(' ', qual, with_check) FROM pg_catalog.pg_policies
            UNION ALL SELECT 'a rule of ' || tablename, definition FROM pg_catalog.pg_rules WHERE schemaname %1$s
            """.formatted(OURS);

    private CatalogTexts() {}

    /**
     * @param text gets where a text stands, and the text
     * @return how many there were
     */
    static int read(Connection session, BiConsumer<String, String> text) throws SQLException {
        int count = 0;
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(ALL)) {
            while (row.next()) {
                if (row.getString(2) != null) {
                    text.accept(row.getString(1), row.getString(2));
                    count++;
                }
            }
        }
        return count;
    }
}
