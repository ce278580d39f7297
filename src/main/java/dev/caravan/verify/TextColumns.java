package dev.caravan.verify;

import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of a database that can hold a text: texts, JSON, XML, hstore, arrays of them, and domains over all these. Stateless. */
final class TextColumns {
    private static final String HOLDS_TEXT =
            "(%1$s.typcategory = 'S' OR %1$s.typname IN ('json', 'jsonb', 'xml', 'hstore') OR %1$s.typtype = 'c')";

    private static final String ALL =
            """
            SELECT n.nspname, c.relname, a.attname FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
            LEFT JOIN pg_catalog.pg_type e ON e.oid = coalesce(nullif(b.typelem, 0), t.typelem)
            WHERE a.attnum > 0 AND NOT a.attisdropped AND (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated)
              AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'caravan') AND n.nspname !~ '^pg_(toast|temp)'
              AND (%s OR %s OR t.typcategory = 'A' AND %s)
            ORDER BY c.relpages, n.nspname, c.relname, a.attnum""".formatted(HOLDS_TEXT.formatted("t"), HOLDS_TEXT.formatted("b"), HOLDS_TEXT.formatted("e"));

    private TextColumns() {}

    /** Columns by table, small tables first. */
    static Map<TableName, List<String>> read(Connection session) throws SQLException {
        Map<TableName, List<String>> columns = new LinkedHashMap<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(ALL)) {
            while (row.next()) {
                columns.computeIfAbsent(new TableName(row.getString(1), row.getString(2)), unused -> new ArrayList<>())
                        .add(row.getString(3));
            }
        }
        return columns;
    }
}
