package dev.caravan.comparison;

import static dev.caravan.schema.Identifiers.quoted;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Rows of tables and materialised views, values of sequences, bytes of large objects. */
final class Contents {
    private static final String STORED = """
            SELECT n.nspname, c.relname, c.relkind = 'm',
                   ARRAY(SELECT a.attname::text FROM pg_attribute a
                         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                         ORDER BY a.attname::text COLLATE "C")
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated) AND c.relpersistence <> 't'
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            """;

    private static final String SEQUENCES = """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'S' AND c.relpersistence <> 't'
            """;

    /** The sub-select is fenced so that a large object is read once for its length and its hash. */
    private static final String LARGE_OBJECTS = """
            SELECT oid::text, length(content)::text, md5(content)
            FROM (SELECT oid, lo_get(oid) AS content FROM pg_largeobject_metadata OFFSET 0) stored
            """;

    private Contents() {}

    /** Counts the rows and adds up a hash of each, so that neither the order of rows nor that of columns matters. */
    static void readRows(Connection connection, Facts facts) throws SQLException {
        try (Statement outer = connection.createStatement();
                Statement inner = connection.createStatement();
                ResultSet tables = outer.executeQuery(STORED)) {
            while (tables.next()) {
                String name = quoted(tables.getString(1)) + "." + quoted(tables.getString(2));
                String columns = Arrays.stream((String[]) tables.getArray(4).getArray())
                        .map(column -> "stored." + quoted(column))
                        .collect(Collectors.joining(", "));
                String object = (tables.getBoolean(3) ? "materialised view " : "rows of ") + name;
                try (ResultSet sums = inner.executeQuery("SELECT count(*)::text, coalesce(sum(('x' || left(hash,"
                        + " 16))::bit(64)::bigint::numeric + ('x' || right(hash, 16))::bit(64)::bigint::numeric),"
                        + " 0)::text FROM (SELECT md5(ROW(" + columns + ")::text) AS hash FROM ONLY " + name
                        + " AS stored) AS hashes")) {
                    sums.next();
                    facts.add(object, "number", sums.getString(1));
                    facts.add(object, "content", sums.getString(2));
                }
            }
        }
    }

    static void readSequences(Connection connection, Facts facts) throws SQLException {
        try (Statement outer = connection.createStatement();
                Statement inner = connection.createStatement();
                ResultSet sequences = outer.executeQuery(SEQUENCES)) {
            while (sequences.next()) {
                String name = quoted(sequences.getString(1)) + "." + quoted(sequences.getString(2));
                try (ResultSet values = inner.executeQuery("SELECT last_value::text, is_called::text FROM " + name)) {
                    values.next();
                    facts.add("sequence " + name, "last value", values.getString(1));
                    facts.add("sequence " + name, "is called", values.getString(2));
                }
            }
        }
    }

    static void readLargeObjects(Connection connection, Facts facts) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet objects = statement.executeQuery(LARGE_OBJECTS)) {
            while (objects.next()) {
                facts.add("large object " + objects.getString(1), "length", objects.getString(2));
                facts.add("large object " + objects.getString(1), "content", objects.getString(3));
            }
        }
    }
}
