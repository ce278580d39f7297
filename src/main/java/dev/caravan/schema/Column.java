package dev.caravan.schema;

/**
 * A column of a table.
 *
 * @param name its name
 * @param type its type
 * @param notNull whether it refuses NULL
 * @param generated whether it is computed from other columns; such a column is never copied
 */
public record Column(String name, ColumnType type, boolean notNull, boolean generated) {}
