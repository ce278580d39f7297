package dev.caravan.target;

import dev.caravan.schema.Identifiers;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Takes sequences on to the rows whose values they give: on a source they may be behind these, and masked values may lie beyond them. Stateless. */
final class SequencesBehind {
    /**
     * Those that go in a circle are meant to come by again. A sequence that gives texts their numbers is left alone, too, and one whose values only enter an
     * expression: a row's value is none of its own. Of partitions and of what inherits a default each is read by itself, since foreign tables among them
     * would be asked elsewhere. An extension's own may be nobody's business but its owner's.
     */
    private static final String COLUMNS = """
            WITH RECURSIVE defaults AS (
              SELECT ad.oid, ad.adrelid, ad.adnum, pg_catalog.pg_get_expr(ad.adbin, ad.adrelid) ~
                  '^\\(?nextval\\(\\(?''([^'']|'''')*''(::text\\))?::regclass\\)(\\)::(smallint|integer|bigint))?$' AS plain
                FROM pg_catalog.pg_attrdef ad),
            given AS (
              SELECT d.refobjid AS relation, d.refobjsubid AS num, d.objid AS sequence FROM pg_catalog.pg_depend d
                JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
                  AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
                  AND NOT EXISTS (SELECT 1 FROM defaults ad WHERE ad.adrelid = d.refobjid AND ad.adnum = d.refobjsubid AND NOT ad.plain)
              UNION SELECT ad.adrelid, ad.adnum, d.refobjid FROM defaults ad
                JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = ad.oid
                  AND d.refclassid = 'pg_catalog.pg_class'::regclass
                JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind = 'S' WHERE ad.plain),
            read AS (
              SELECT g.relation, a.attname, g.sequence FROM given g
                JOIN pg_catalog.pg_attribute a ON a.attrelid = g.relation AND a.attnum = g.num
              UNION SELECT i.inhrelid, r.attname, r.sequence FROM read r JOIN pg_catalog.pg_inherits i ON i.inhparent = r.relation),
            whole AS (
              SELECT oid FROM pg_catalog.pg_type WHERE oid = ANY ('{int2,int4,int8}'::pg_catalog.regtype[])
              UNION ALL SELECT t.oid FROM whole w JOIN pg_catalog.pg_type t ON t.typbasetype = w.oid AND t.typtype = 'd')
            SELECT n.nspname, c.relname, a.attname, sn.nspname, s.relname, q.seqincrement > 0,
              q.seqmin - least(q.seqincrement, 0)::pg_catalog.numeric, q.seqmax - greatest(q.seqincrement, 0)::pg_catalog.numeric
            FROM read r JOIN pg_catalog.pg_class c ON c.oid = r.relation AND c.relkind = 'r'
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = r.attname AND a.atttypid IN (SELECT oid FROM whole)
            JOIN pg_catalog.pg_class s ON s.oid = r.sequence JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace
            JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid AND NOT q.seqcycle
            WHERE pg_catalog.has_table_privilege(c.oid, 'SELECT') AND CASE WHEN s.relkind = 'S'
              THEN pg_catalog.has_sequence_privilege(s.oid, 'SELECT') AND pg_catalog.has_sequence_privilege(s.oid, 'UPDATE') END ORDER BY 1, 2, 3, 4, 5""";

    private SequencesBehind() {}

    /** @param session on a loaded database; with an index on the column its end is found without reading the table */
    static void takeOn(Connection session) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(COLUMNS)) {
            while (row.next()) {
                statements.add(takeOn(
                        new TableName(row.getString(1), row.getString(2)),
                        row.getString(3),
                        new TableName(row.getString(4), row.getString(5)),
                        row.getBoolean(6),
                        row.getString(7) + " AND " + row.getString(8)));
            }
        }
        for (String one : statements) {
            TargetServer.execute(session, one);
        }
    }

    /** A row that leaves the sequence no further value, such as one whose id stands for "none", does not count: after it there would be none to give. */
    private static String takeOn(
            TableName table, String column, TableName sequence, boolean ascending, String followed) {
        String value = Identifiers.quoted(column);
        return "SELECT pg_catalog.setval(" + Identifiers.literal(sequence.quoted())
                + "::pg_catalog.regclass, r.last, true) FROM (SELECT "
                + (ascending ? "max(" : "min(") + value + ")::pg_catalog.int8 AS last FROM ONLY " + table.quoted()
                + " WHERE " + value + " BETWEEN " + followed + ") r, " + sequence.quoted() + " q WHERE r.last "
                + (ascending ? ">" : "<") + " q.last_value OR r.last = q.last_value AND NOT q.is_called";
    }
}
