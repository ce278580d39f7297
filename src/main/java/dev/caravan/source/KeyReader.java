package dev.caravan.source;

import dev.caravan.schema.ExtensionKeys;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Index;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads foreign keys, and indexes with the constraints that own them. */
final class KeyReader {
    private static final String NOT_AN_EXTENSIONS =
            "NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass"
                    + " AND d.objid = c.oid AND d.deptype = 'e') AND n.nspname NOT LIKE 'pg\\_%'"
                    + " AND n.nspname <> 'information_schema' AND c.relpersistence <> 't'";
    private static final String AN_EXTENSIONS_CONFIGURATION =
            "EXISTS (SELECT 1 FROM pg_catalog.pg_extension e WHERE c.oid = ANY (e.extconfig))";

    private static final String FOREIGN_KEYS = """
            SELECT k.oid, k.conname, n.nspname, c.relname, rn.nspname AS referenced_schema, rc.relname AS referenced_name,
              ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS u(num, place)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num ORDER BY u.place) AS columns,
              ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS u(num, place)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num ORDER BY u.place) AS referenced_columns,
              ARRAY(SELECT 'OPERATOR(' || pg_catalog.quote_ident(opn.nspname) || '.' || o.oprname || ')'
                FROM pg_catalog.unnest(k.conpfeqop) WITH ORDINALITY AS u(op, place) JOIN pg_catalog.pg_operator o ON o.oid = u.op
                JOIN pg_catalog.pg_namespace opn ON opn.oid = o.oprnamespace ORDER BY u.place) AS operators,
              pg_catalog.pg_get_constraintdef(k.oid) AS definition, k.convalidated
            FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_class rc ON rc.oid = k.confrelid JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
            WHERE k.contype = 'f' AND k.conparentid = 0 AND c.relkind IN ('r', 'p') AND %s
            ORDER BY n.nspname, c.relname, k.conname""";

    /** An invalid index is skipped, as pg_dump does; a partitioned one is invalid until its partitions' are attached. */
    private static final String INDEXES = """
            SELECT ic.oid, ic.relname AS index_name, n.nspname, c.relname,
              k.oid AS constraint_oid, k.conname, pg_catalog.pg_get_constraintdef(k.oid) AS constraint_definition, k.contype::text,
              k.contype IN ('p', 'u') AND NOT k.condeferrable AND c.relkind = 'r' AND am.amname = 'btree' AS takes_index,
              pg_catalog.pg_get_indexdef(ic.oid) AS definition,
              CASE WHEN ic.relkind = 'i' THEN pg_catalog.pg_relation_size(ic.oid) ELSE 0 END AS bytes,
              EXISTS (SELECT 1 FROM pg_catalog.unnest(i.indcollation::oid[]) AS x(coll)
                JOIN pg_catalog.pg_collation l ON l.oid = x.coll
                WHERE CASE l.collprovider
                  WHEN 'd' THEN coalesce(pg_catalog.to_jsonb(db) ->> 'datlocprovider', 'c') = 'i'
                    OR pg_catalog.to_jsonb(db) ->> 'datlocprovider' IS DISTINCT FROM 'b' AND db.datcollate !~* '^(C|POSIX|C\\.UTF-?8)$'
                  WHEN 'i' THEN true WHEN 'b' THEN false
                  ELSE l.collcollate !~* '^(C|POSIX|C\\.UTF-?8)$' END) AS collated_text,
              i.indisvalid, i.indisclustered, i.indisreplident, ts.spcname,
              ARRAY(SELECT a.attnum || ':' || a.attstattarget FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = ic.oid AND a.attstattarget >= 0 ORDER BY a.attnum) AS column_statistics,
              i.indisunique OR i.indisexclusion AS demands_uniqueness,
              i.indisunique AND coalesce((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS nulls_not_distinct,
              ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indrelid
                AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]) AND a.attnum > 0
                ORDER BY pg_catalog.array_position(i.indkey::int2[], a.attnum)) AS key_columns,
              CASE WHEN i.indexprs IS NOT NULL OR i.indpred IS NOT NULL THEN
                ARRAY(SELECT DISTINCT a.attname::text FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_attribute a
                  ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND a.attnum > 0
                  WHERE (d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = ic.oid
                    OR d.classid = 'pg_catalog.pg_constraint'::regclass AND d.objid = k.oid)
                  AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = i.indrelid ORDER BY 1) END AS read_columns,
              i.indexprs IS NOT NULL AS expressions, pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate
            FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
            JOIN pg_catalog.pg_class c ON c.oid = i.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_am am ON am.oid = ic.relam
            JOIN pg_catalog.pg_database db ON db.datname = pg_catalog.current_database()
            LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = ic.oid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')
            LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = ic.reltablespace
            WHERE c.relkind IN ('r', 'p') AND (i.indisvalid OR ic.relkind = 'I') AND i.indisready AND %s
            ORDER BY n.nspname, c.relname, ic.relname""";

    private KeyReader() {}

    static List<ForeignKey> foreignKeys(Connection session) throws SQLException {
        return foreignKeys(session, NOT_AN_EXTENSIONS);
    }

    /** Those that come with extensions. */
    static ExtensionKeys extensionKeys(Connection session) throws SQLException {
        return new ExtensionKeys(
                foreignKeys(session, AN_EXTENSIONS_CONFIGURATION),
                Rows.of(session, INDEXES.formatted(AN_EXTENSIONS_CONFIGURATION), KeyReader::index).stream()
                        .filter(index -> index.demands().unique())
                        .toList());
    }

    private static List<ForeignKey> foreignKeys(Connection session, String tables) throws SQLException {
        return Rows.of(
                session,
                FOREIGN_KEYS.formatted(tables),
                row -> new ForeignKey(
                        row.getLong("oid"),
                        row.getString("conname"),
                        new TableName(row.getString("nspname"), row.getString("relname")),
                        Rows.texts(row, "columns"),
                        new TableName(row.getString("referenced_schema"), row.getString("referenced_name")),
                        Rows.texts(row, "referenced_columns"),
                        Rows.texts(row, "operators"),
                        row.getString("definition"),
                        row.getBoolean("convalidated")));
    }

    static List<Index> indexes(Connection session) throws SQLException {
        return Rows.of(session, INDEXES.formatted(NOT_AN_EXTENSIONS), KeyReader::index);
    }

    private static Index index(ResultSet row) throws SQLException {
        List<Index.ColumnStatistics> statistics = new ArrayList<>();
        for (String pair : Rows.texts(row, "column_statistics")) {
            int colon = pair.indexOf(':');
            statistics.add(new Index.ColumnStatistics(
                    Integer.parseInt(pair.substring(0, colon)), Integer.parseInt(pair.substring(colon + 1))));
        }
        return new Index(
                row.getLong("oid"),
                new TableName(row.getString("nspname"), row.getString("index_name")),
                new TableName(row.getString("nspname"), row.getString("relname")),
                constraint(row),
                row.getString("definition"),
                row.getLong("bytes"),
                row.getBoolean("collated_text"),
                row.getBoolean("indisvalid"),
                row.getBoolean("indisclustered"),
                row.getBoolean("indisreplident"),
                statistics,
                Optional.ofNullable(row.getString("spcname")),
                demands(row));
    }

    /** With an expression among the keys it is not told which column is read by a key and which by WHERE: all count as keys. */
    private static Index.Demands demands(ResultSet row) throws SQLException {
        Set<String> keys = new LinkedHashSet<>(Rows.texts(row, "key_columns"));
        Set<String> others = new LinkedHashSet<>(Rows.texts(row, "read_columns"));
        if (row.getBoolean("expressions")) {
            keys.addAll(others);
        }
        others.removeAll(keys);
        return new Index.Demands(
                row.getBoolean("demands_uniqueness"),
                row.getBoolean("nulls_not_distinct"),
                List.copyOf(keys),
                row.getBoolean("expressions"),
                List.copyOf(others),
                Optional.ofNullable(row.getString("predicate")));
    }

    private static Optional<Index.Constraint> constraint(ResultSet row) throws SQLException {
        if (row.getString("conname") == null) {
            return Optional.empty();
        }
        Index.Constraint.Kind kind =
                switch (row.getString("contype")) {
                    case "p" -> Index.Constraint.Kind.PRIMARY_KEY;
                    case "u" -> Index.Constraint.Kind.UNIQUE;
                    default -> Index.Constraint.Kind.EXCLUSION;
                };
        return Optional.of(new Index.Constraint(
                row.getLong("constraint_oid"),
                row.getString("conname"),
                row.getString("constraint_definition"),
                kind,
                row.getBoolean("takes_index")));
    }
}
