package dev.caravan.schema;

import java.util.List;

/**
 * An object of CREATE STATISTICS that lists the most common values: what it holds are values of rows, and they are made anew on a target.
 *
 * @param name the object's name
 * @param table the table
 * @param columns the columns whose values it lists
 */
public record ValueStatistics(TableName name, TableName table, List<String> columns) {
    public ValueStatistics {
        columns = List.copyOf(columns);
    }
}
