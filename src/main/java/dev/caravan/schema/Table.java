package dev.caravan.schema;

import java.util.List;
import java.util.Optional;

/**
 * A table that holds rows of its own, or a partitioned table, whose rows its partitions hold.
 *
 * @param oid its oid on the source
 * @param name its name
 * @param kind plain or partitioned
 * @param columns in the source's order, dropped ones left out
 * @param pages pages of its heap at the last count, 0 when never counted
 * @param bytes bytes of heap and TOAST on disk
 * @param estimatedRows the planner's estimate, or -1 when never analysed
 * @param partitionOf the partitioned table that it is a partition of
 * @param loadThrough the partitioned table that rows must be routed through, because a hash of its key may differ on another
 *     server (an enum's hash is its oid's)
 * @param condition the rows to copy of an extension's configuration table ({@code extcondition}, empty for all);
 *     absent for a table that no extension owns
 * @param loadsAfter of an extension's table: the tables that its keys reference, which must be loaded before
 * @param unlogged whether it is unlogged: such a table cannot be read on a standby
 * @param rowSecurity whether row level security is on
 * @param statisticsObjects whether CREATE STATISTICS was used on it
 */
public record Table(
        long oid,
        TableName name,
        Kind kind,
        List<Column> columns,
        long pages,
        long bytes,
        double estimatedRows,
        Optional<TableName> partitionOf,
        Optional<TableName> loadThrough,
        Optional<String> condition,
        List<TableName> loadsAfter,
        boolean unlogged,
        boolean rowSecurity,
        boolean statisticsObjects) {
    /** pg_class.relkind r and p. */
    public enum Kind {
        PLAIN,
        PARTITIONED
    }

    public Table {
        columns = List.copyOf(columns);
        loadsAfter = List.copyOf(loadsAfter);
    }

    /** The same table, whose rows a partitioned one routes. */
    public Table loadedThrough(TableName root) {
        return new Table(
                oid,
                name,
                kind,
                columns,
                pages,
                bytes,
                estimatedRows,
                partitionOf,
                Optional.of(root),
                condition,
                loadsAfter,
                unlogged,
                rowSecurity,
                statisticsObjects);
    }

    /** The columns that COPY carries: all but the generated ones. */
    public List<Column> copiedColumns() {
        return columns.stream().filter(column -> !column.generated()).toList();
    }
}
