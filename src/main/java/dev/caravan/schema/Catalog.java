package dev.caravan.schema;

import java.util.List;
import java.util.Set;

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
 * @param extensionKeys those of extensions' configuration tables, which are not among the keys and indexes above
 * @param partitionings how partitioned tables find a partition for a row; those without partitions are missing
 * @param userMappings how many user mappings there are; none is copied
 * @param excluded relations that the database has and this leaves out
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
        ExtensionKeys extensionKeys,
        List<Partitioning> partitionings,
        int userMappings,
        Set<TableName> excluded) {
    public Catalog {
        tables = List.copyOf(tables);
        foreignKeys = List.copyOf(foreignKeys);
        indexes = List.copyOf(indexes);
        sequences = List.copyOf(sequences);
        materializedViews = List.copyOf(materializedViews);
        largeObjects = List.copyOf(largeObjects);
        checks = List.copyOf(checks);
        valueStatistics = List.copyOf(valueStatistics);
        partitionings = List.copyOf(partitionings);
        excluded = Set.copyOf(excluded);
    }

    /**
     * The same database without some of its relations.
     *
     * @param names of tables, sequences and views
     */
    public Catalog without(Set<TableName> names) {
        if (names.isEmpty()) {
            return this;
        }
        return new Catalog(
                serverVersion,
                tables.stream().filter(table -> !names.contains(table.name())).toList(),
                foreignKeys.stream().filter(key -> !names.contains(key.table())).toList(),
                indexes.stream().filter(index -> !names.contains(index.table())).toList(),
                sequences.stream().filter(sequence -> !names.contains(sequence)).toList(),
                materializedViews.stream()
                        .filter(view -> !names.contains(view.name()))
                        .toList(),
                largeObjects,
                checks.stream().filter(check -> !names.contains(check.table())).toList(),
                valueStatistics.stream()
                        .filter(statistics -> !names.contains(statistics.table()))
                        .toList(),
                extensionKeys,
                partitionings.stream()
                        .filter(one -> !names.contains(one.table()))
                        .map(one -> one.without(names))
                        .toList(),
                userMappings,
                names);
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
                ExtensionKeys.NONE,
                List.of(),
                0,
                Set.of());
    }
}
