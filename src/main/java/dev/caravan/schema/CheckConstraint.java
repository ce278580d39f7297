package dev.caravan.schema;

import java.util.List;

/**
 * A CHECK constraint of a table.
 *
 * @param table the table
 * @param name the constraint's name
 * @param columns the columns that it reads
 * @param definition as pg_get_constraintdef gives it, every name qualified
 */
public record CheckConstraint(TableName table, String name, List<String> columns, String definition) {
    public CheckConstraint {
        columns = List.copyOf(columns);
    }
}
