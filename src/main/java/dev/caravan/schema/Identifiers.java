package dev.caravan.schema;

/** The only way from a name or a text to SQL. */
public final class Identifiers {
    /** Bytes of a PostgreSQL name, NAMEDATALEN - 1. */
    public static final int MAX_BYTES = 63;

    private Identifiers() {}

    /**
     * The name in double quotes, whatever it holds.
     *
     * @throws IllegalArgumentException for an empty name or one with a NUL, which PostgreSQL cannot have
     */
    public static String quoted(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a PostgreSQL name is not empty and holds no NUL");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The text as an SQL literal that reads the same whatever {@code standard_conforming_strings} says. */
    public static String literal(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a PostgreSQL text holds no NUL");
        }
        String doubled = text.replace("'", "''");
        return doubled.indexOf('\\') < 0 ? "'" + doubled + "'" : " E'" + doubled.replace("\\", "\\\\") + "'";
    }
}
