package dev.caravan.mask;

import dev.caravan.schema.TableName;
import dev.caravan.schema.Wildcard;

/**
 * Names columns: {@code schema.table.column}, each part perhaps with {@code *} for any characters.
 *
 * @param schema the schema's pattern
 * @param table the table's pattern
 * @param column the column's pattern
 */
public record ColumnPattern(String schema, String table, String column) {
    public boolean matches(TableName name, String columnName) {
        return Wildcard.matches(schema, name.schema())
                && Wildcard.matches(table, name.name())
                && Wildcard.matches(column, columnName);
    }

    /** Whether it names one column only. */
    public boolean exact() {
        return specificity() == Integer.MAX_VALUE;
    }

    /** The more is written out, the more it counts; one that has no {@code *} counts most. */
    int specificity() {
        String all = schema + table + column;
        return all.indexOf('*') < 0 ? Integer.MAX_VALUE : all.replace("*", "").length();
    }

    @Override
    public String toString() {
        return schema + "." + table + "." + column;
    }
}
