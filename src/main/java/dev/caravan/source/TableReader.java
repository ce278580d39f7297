package dev.caravan.source;

import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads tables with their columns. */
final class TableReader {
    /** An enum's hash is its oid's, and another type's is its owner's business (pg_dump's --load-via-partition-root). */
    private static final String TABLES = """
            SELECT c.oid, n.nspname, c.relname, c.relkind = 'p' AS partitioned,
              CASE WHEN c.relkind = 'r' THEN pg_catalog.pg_relation_size(c.oid)
                / pg_catalog.current_setting('block_size')::int ELSE 0 END AS pages,
              CASE WHEN c.relkind = 'r' THEN pg_catalog.pg_table_size(c.oid) ELSE 0 END AS bytes,
              CASE WHEN c.reltuples = 0 AND c.relpages = 0 THEN -1 ELSE c.reltuples END AS estimated_rows,
              p.nspname AS parent_schema, p.relname AS parent_name,
              r.nspname AS root_schema, r.relname AS root_name,
              (SELECT coalesce(e.extcondition[pg_catalog.array_position(e.extconfig, c.oid)], '')
                 FROM pg_catalog.pg_extension e WHERE c.oid = ANY (e.extconfig) LIMIT 1) AS condition,
              ARRAY(SELECT rn.nspname::text FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class rc ON rc.oid = k.confrelid
                JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace WHERE k.conrelid = c.oid AND k.contype = 'f'
                AND k.confrelid <> k.conrelid AND ext.owned ORDER BY k.oid) AS before_schemas,
              ARRAY(SELECT rc.relname::text FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class rc ON rc.oid = k.confrelid
                WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> k.conrelid AND ext.owned ORDER BY k.oid) AS before_names,
              c.relpersistence = 'u' AS unlogged, c.relrowsecurity,
              EXISTS (SELECT 1 FROM pg_catalog.pg_statistic_ext s WHERE s.stxrelid = c.oid) AS statistics_objects
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_extension e WHERE c.oid = ANY (e.extconfig)) AS owned) ext
            LEFT JOIN LATERAL (SELECT pn.nspname, pc.relname FROM pg_catalog.pg_inherits i
                JOIN pg_catalog.pg_class pc ON pc.oid = i.inhparent JOIN pg_catalog.pg_namespace pn ON pn.oid = pc.relnamespace
                WHERE c.relispartition AND i.inhrelid = c.oid) p ON true
            LEFT JOIN LATERAL (SELECT rn.nspname, rc.relname FROM pg_catalog.pg_class rc
                JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
                WHERE c.relispartition AND rc.oid = pg_catalog.pg_partition_root(c.oid)
                AND EXISTS (SELECT 1 FROM pg_catalog.pg_partition_ancestors(c.oid) a
                  JOIN pg_catalog.pg_partitioned_table pt ON pt.partrelid = a.relid AND pt.partstrat = 'h'
                  CROSS JOIN LATERAL pg_catalog.unnest(pt.partclass::oid[]) AS k(oc)
                  JOIN pg_catalog.pg_opclass o ON o.oid = k.oc
                  WHERE o.opcintype = 'pg_catalog.anyenum'::regtype OR o.opcintype >= 16384)) r ON true
            WHERE c.relkind IN ('r', 'p') AND %s ORDER BY n.nspname, c.relname""".formatted(LockedTable.IN_COPY);

    private static final String COLUMNS = """
            SELECT a.attrelid, a.attname, a.atttypid, a.attnotnull, a.attgenerated <> '' AS generated,
              a.attnum, a.atttypmod, a.attidentity <> '' AS identity
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND %s
            ORDER BY a.attrelid, a.attnum""".formatted(LockedTable.IN_COPY);

    private record ColumnRow(
            long table,
            String name,
            long type,
            boolean notNull,
            boolean generated,
            int number,
            int modifier,
            boolean identity) {}

    private TableReader() {}

    static List<Table> read(Connection session) throws SQLException {
        List<ColumnRow> columns = Rows.of(
                session,
                COLUMNS,
                row -> new ColumnRow(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getInt(6),
                        row.getInt(7),
                        row.getBoolean(8)));
        Map<Long, ColumnType> types =
                TypeReader.read(session, columns.stream().map(ColumnRow::type).toList());
        ColumnFactsReader facts = ColumnFactsReader.read(session);
        Map<Long, List<Column>> byTable = new HashMap<>();
        for (ColumnRow column : columns) {
            ColumnType type = types.get(column.type());
            byTable.computeIfAbsent(column.table(), unused -> new ArrayList<>())
                    .add(new Column(
                            column.name(),
                            type,
                            column.notNull(),
                            column.generated(),
                            facts.of(column.table(), column.number(), type, column.modifier(), column.identity())));
        }
        return Rows.of(session, TABLES, row -> table(row, byTable.getOrDefault(row.getLong("oid"), List.of())));
    }

    private static Table table(ResultSet row, List<Column> columns) throws SQLException {
        return new Table(
                row.getLong("oid"),
                new TableName(row.getString("nspname"), row.getString("relname")),
                row.getBoolean("partitioned") ? Table.Kind.PARTITIONED : Table.Kind.PLAIN,
                columns,
                row.getLong("pages"),
                row.getLong("bytes"),
                row.getDouble("estimated_rows"),
                name(row, "parent"),
                name(row, "root"),
                Optional.ofNullable(row.getString("condition")),
                before(row),
                row.getBoolean("unlogged"),
                row.getBoolean("relrowsecurity"),
                row.getBoolean("statistics_objects"));
    }

    private static List<TableName> before(ResultSet row) throws SQLException {
        List<String> schemas = Rows.texts(row, "before_schemas");
        List<String> names = Rows.texts(row, "before_names");
        List<TableName> before = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            before.add(new TableName(schemas.get(i), names.get(i)));
        }
        return before;
    }

    private static Optional<TableName> name(ResultSet row, String prefix) throws SQLException {
        String schema = row.getString(prefix + "_schema");
        return schema == null ? Optional.empty() : Optional.of(new TableName(schema, row.getString(prefix + "_name")));
    }
}
