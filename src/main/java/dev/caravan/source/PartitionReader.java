package dev.caravan.source;

import dev.caravan.schema.Partitioning;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what partitions take. */
final class PartitionReader {
    /** Hash partitions of all remainders together cover the hash once; their moduli are in the bounds alone. */
    private static final String QUERY = """
            SELECT n.nspname, c.relname, pn.nspname, pc.relname, pg_catalog.pg_get_partition_constraintdef(pc.oid),
              p.partdefid <> 0 OR p.partstrat = 'h' AND pg_catalog.sum(1.0 / pg_catalog.substring(
                pg_catalog.pg_get_expr(pc.relpartbound, pc.oid), 'modulus (\\d+)')::numeric) OVER (PARTITION BY c.oid) > 0.999999
            FROM pg_catalog.pg_partitioned_table p JOIN pg_catalog.pg_class c ON c.oid = p.partrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_inherits i ON i.inhparent = c.oid
            JOIN pg_catalog.pg_class pc ON pc.oid = i.inhrelid JOIN pg_catalog.pg_namespace pn ON pn.oid = pc.relnamespace
            WHERE %s ORDER BY 1, 2, 3, 4""".formatted(LockedTable.IN_COPY);

    private PartitionReader() {}

    private record Line(TableName table, TableName partition, String constraint, boolean takesAll) {}

    static List<Partitioning> read(Connection session) throws SQLException {
        List<Partitioning> read = new ArrayList<>();
        Map<TableName, List<Line>> byTable = new HashMap<>();
        for (Line line : Rows.of(
                session,
                QUERY,
                row -> new Line(
                        new TableName(row.getString(1), row.getString(2)),
                        new TableName(row.getString(3), row.getString(4)),
                        // A default partition that is the only one has no condition.
                        row.getString(5) == null ? "true" : row.getString(5),
                        row.getBoolean(6)))) {
            byTable.computeIfAbsent(line.table(), unused -> new ArrayList<>()).add(line);
        }
        byTable.forEach((table, lines) -> {
            Map<TableName, String> constraints = new HashMap<>();
            lines.forEach(line -> constraints.put(line.partition(), line.constraint()));
            read.add(new Partitioning(table, lines.get(0).takesAll(), constraints));
        });
        return read;
    }
}
