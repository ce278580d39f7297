package dev.caravan.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names tables: {@code schema.table}, each part perhaps with {@code *} for any characters.
 *
 * @param schema the schema's pattern
 * @param table the table's pattern
 */
public record TablePattern(String schema, String table) {
    /**
     * Reads {@code schema.table}; a part in double quotes is a name and no pattern's part may be empty.
     *
     * @throws IllegalArgumentException when the text is no such pattern
     */
    @JsonCreator
    public static TablePattern parse(String text) {
        TableName name = TableName.parse(text);
        if (text.indexOf('"') >= 0 && text.indexOf('*') >= 0) {
            throw new IllegalArgumentException("a pattern with * has no quotes");
        }
        return new TablePattern(name.schema(), name.name());
    }

    public boolean matches(TableName name) {
        return Wildcard.matches(schema, name.schema()) && Wildcard.matches(table, name.name());
    }

    /** Whether it names one table only. */
    public boolean exact() {
        return schema.indexOf('*') < 0 && table.indexOf('*') < 0;
    }

    @JsonValue
    @Override
    public String toString() {
        return exact() ? new TableName(schema, table).toString() : schema + "." + table;
    }
}
