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
    /** Those that go in a circle are meant to come by again. A sequence that gives texts their numbers is left alone, too. */
    private static final String COLUMNS = """
            WITH given AS (
              SELECT d.refobjid AS relation, d.refobjsubid AS num, d.objid AS sequence FROM pg_catalog.pg_depend d
                JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
                  AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
              UNION SELECT ad.adrelid, ad.adnum, d.refobjid FROM pg_catalog.pg_attrdef ad
                JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = ad.oid
                  AND d.refclassid = 'pg_catalog.pg_class'::regclass
                JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind = 'S')
            SELECT n.nspname, c.relname, a.attname, sn.nspname, s.relname, q.seqincrement > 0
            FROM given g JOIN pg_catalog.pg_class c ON c.oid = g.relation AND c.relkind IN ('r', 'p')
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = g.num
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            JOIN pg_catalog.pg_class s ON s.oid = g.sequence JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace
            JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid AND NOT q.seqcycle
            WHERE coalesce(nullif(t.typbasetype, 0), t.oid) = ANY ('{int2,int4,int8}'::pg_catalog.regtype[]) ORDER BY 1, 2, 3, 4, 5""";

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
                        row.getBoolean(6)));
            }
        }
        for (String one : statements) {
            TargetServer.execute(session, one);
        }
    }

    /** Rows of partitions and of tables that inherit count: these have the same default. */
    private static String takeOn(TableName table, String column, TableName sequence, boolean ascending) {
        String name = Identifiers.literal(sequence.quoted()) + "::pg_catalog.regclass";
        return "SELECT pg_catalog.setval(" + name + ", r.last, true) FROM (SELECT "
                + (ascending ? "max(" : "min(") + Identifiers.quoted(column) + ")::pg_catalog.int8 AS last FROM "
                + table.quoted() + ") r, pg_catalog.pg_sequence s, " + sequence.quoted() + " q WHERE s.seqrelid = "
                + name
                + " AND r.last BETWEEN s.seqmin AND s.seqmax AND (r.last " + (ascending ? ">" : "<")
                + " q.last_value OR r.last = q.last_value AND NOT q.is_called)";
    }
}
