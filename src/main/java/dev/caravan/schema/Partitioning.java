package dev.caravan.schema;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How a partitioned table finds a partition for a row.
 *
 * @param table the table
 * @param takesAll whether there is a partition for every row: a default one, or all remainders of a hash
 * @param constraints by partition, whole ones included: pg_get_partition_constraintdef, which names the conditions of partitions above first
 */
public record Partitioning(TableName table, boolean takesAll, Map<TableName, String> constraints) {
    public Partitioning {
        constraints = Map.copyOf(constraints);
    }

    /** The same without some of its partitions, where rows that they took find none. */
    Partitioning without(Set<TableName> names) {
        if (constraints.keySet().stream().noneMatch(names::contains)) {
            return this;
        }
        Map<TableName, String> left = new HashMap<>(constraints);
        left.keySet().removeAll(names);
        return new Partitioning(table, false, left);
    }
}
