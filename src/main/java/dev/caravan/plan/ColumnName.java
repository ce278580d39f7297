package dev.caravan.plan;

import dev.caravan.schema.TableName;
import java.util.Comparator;

/** A column of a table, by name. */
record ColumnName(TableName table, String column) implements Comparable<ColumnName> {
    private static final Comparator<ColumnName> ORDER =
            Comparator.comparing(ColumnName::table).thenComparing(ColumnName::column);

    @Override
    public int compareTo(ColumnName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return table + "." + column;
    }
}
