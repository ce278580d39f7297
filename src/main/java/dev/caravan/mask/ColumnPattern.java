package dev.caravan.mask;

import dev.caravan.schema.TableName;

/**
 * Names columns: {@code schema.table.column}, each part perhaps with {@code *} for any characters.
 *
 * @param schema the schema's pattern
 * @param table the table's pattern
 * @param column the column's pattern
 */
public record ColumnPattern(String schema, String table, String column) {
    public boolean matches(TableName name, String columnName) {
        return matches(schema, name.schema()) && matches(table, name.name()) && matches(column, columnName);
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

    private static boolean matches(String pattern, String name) {
        if (pattern.indexOf('*') < 0) {
            return pattern.equals(name);
        }
        // Every column of a database is held against every pattern: no regular expression is compiled for it.
        String[] literals = pattern.split("\\*", -1);
        String last = literals[literals.length - 1];
        if (!name.startsWith(literals[0])) {
            return false;
        }
        int at = literals[0].length();
        for (int i = 1; i < literals.length - 1; i++) {
            int found = name.indexOf(literals[i], at);
            if (found < 0) {
                return false;
            }
            at = found + literals[i].length();
        }
        return name.length() - last.length() >= at && name.endsWith(last);
    }

    @Override
    public String toString() {
        return schema + "." + table + "." + column;
    }
}
