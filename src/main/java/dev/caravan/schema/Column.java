package dev.caravan.schema;

/**
 * A column of a table.
 *
 * @param name its name
 * @param type its type
 * @param notNull whether it refuses NULL
 * @param generated whether it is computed from other columns; such a column is never copied
 * @param facts what else limits its values, and what depends on them
 */
public record Column(String name, ColumnType type, boolean notNull, boolean generated, ColumnFacts facts) {
    /** A column that only its type limits. */
    public Column(String name, ColumnType type, boolean notNull, boolean generated) {
        this(name, type, notNull, generated, ColumnFacts.NONE);
    }

    /** Whether NULL is refused by the column itself or by a domain that it has. */
    public boolean refusesNull() {
        if (notNull) {
            return true;
        }
        for (ColumnType inner = type;
                inner.kind() == ColumnType.Kind.DOMAIN;
                inner = inner.parts().get(0)) {
            if (inner.rules().notNull()) {
                return true;
            }
        }
        return false;
    }
}
