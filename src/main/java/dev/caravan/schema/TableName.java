package dev.caravan.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;

/** The schema-qualified name of a table, view, index or sequence; as text both parts are quoted where they must be. */
public record TableName(String schema, String name) implements Comparable<TableName> {
    private static final Comparator<TableName> ORDER =
            Comparator.comparing(TableName::schema).thenComparing(TableName::name);

    public TableName {
        if (schema.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a table has a schema and a name");
        }
    }

    /**
     * Reads {@code schema.name}; either part may be in double quotes.
     *
     * @throws IllegalArgumentException when the text is no such name
     */
    @JsonCreator
    public static TableName parse(String text) {
        StringBuilder part = new StringBuilder();
        String schema = null;
        boolean inQuotes = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && inQuotes && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                part.append('"');
                i++;
            } else if (c == '"') {
                inQuotes = !inQuotes;
            } else if (c == '.' && !inQuotes && schema == null) {
                schema = part.toString();
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        if (schema == null || inQuotes) {
            throw new IllegalArgumentException("a table is named schema.name, with double quotes where needed");
        }
        return new TableName(schema, part.toString());
    }

    /** Both parts in double quotes, ready for SQL. */
    public String quoted() {
        return Identifiers.quoted(schema) + '.' + Identifiers.quoted(name);
    }

    @Override
    public int compareTo(TableName other) {
        return ORDER.compare(this, other);
    }

    @JsonValue
    @Override
    public String toString() {
        return plain(schema) + '.' + plain(name);
    }

    private static String plain(String part) {
        return part.matches("[a-z_][a-z0-9_$]*") ? part : Identifiers.quoted(part);
    }
}
