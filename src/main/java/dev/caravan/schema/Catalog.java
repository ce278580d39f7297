package dev.caravan.schema;

import java.util.List;

/**
 * What one database holds, read under one snapshot.
 *
 * @param serverVersion server_version_num, such as 150018
 * @param tables plain and partitioned tables, those of extensions only when they are configuration tables
 * @param foreignKeys declared foreign keys
 * @param indexes indexes of tables, and the constraints that own them
 * @param sequences sequences with a value to carry over
 * @param materializedViews materialised views
 * @param largeObjects oids of the large objects, ascending
 * @param checks CHECK constraints of tables
 * @param valueStatistics statistics objects that hold values
 * @param userMappings how many user mappings there are; none is copied
 */
public record Catalog(
        int serverVersion,
        List<Table> tables,
        List<ForeignKey> foreignKeys,
        List<Index> indexes,
        List<TableName> sequences,
        List<MaterializedView> materializedViews,
        List<Long> largeObjects,
        List<CheckConstraint> checks,
        List<ValueStatistics> valueStatistics,
        int userMappings) {
    public Catalog {
        tables = List.copyOf(tables);
        foreignKeys = List.copyOf(foreignKeys);
        indexes = List.copyOf(indexes);
        sequences = List.copyOf(sequences);
        materializedViews = List.copyOf(materializedViews);
        largeObjects = List.copyOf(largeObjects);
        checks = List.copyOf(checks);
        valueStatistics = List.copyOf(valueStatistics);
    }

    /** A catalog without constraints on values. */
    public Catalog(
            int serverVersion,
            List<Table> tables,
            List<ForeignKey> foreignKeys,
            List<Index> indexes,
            List<TableName> sequences,
            List<MaterializedView> materializedViews,
            List<Long> largeObjects) {
        this(
                serverVersion,
                tables,
                foreignKeys,
                indexes,
                sequences,
                materializedViews,
                largeObjects,
                List.of(),
                List.of(),
                0);
    }
}
