package dev.caravan.verify;

import dev.caravan.schema.Identifiers;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of a table that can hold a text: texts, JSON, XML, hstore, arrays of them, and domains over all these.
 *
 * @param names their names
 * @param documents those of JSON, in which a backslash hides the byte after it
 * @param measured whether all of them are plain texts in UTF-8, whose length the server knows without printing them
 */
record TextColumns(List<String> names, Set<String> documents, boolean measured) {
    private static final String HOLDS_TEXT =
            "(%1$s.typcategory = 'S' OR %1$s.typname IN ('json', 'jsonb', 'xml', 'hstore') OR %1$s.typtype = 'c')";

    private static final String ALL =
            """
            SELECT n.nspname, c.relname, a.attname, a.atttypid IN ('pg_catalog.text'::pg_catalog.regtype, 'pg_catalog.varchar'::pg_catalog.regtype)
                AND pg_catalog.getdatabaseencoding() = 'UTF8', coalesce(b.typname, t.typname) IN ('json', 'jsonb')
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
            LEFT JOIN pg_catalog.pg_type e ON e.oid = coalesce(nullif(b.typelem, 0), t.typelem)
            WHERE a.attnum > 0 AND NOT a.attisdropped AND (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated)
              AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'caravan') AND n.nspname !~ '^pg_(toast|temp)'
              AND (%s OR %s OR t.typcategory = 'A' AND %s)
            ORDER BY c.relpages, n.nspname, c.relname, a.attnum""".formatted(HOLDS_TEXT.formatted("t"), HOLDS_TEXT.formatted("b"), HOLDS_TEXT.formatted("e"));

    TextColumns {
        names = List.copyOf(names);
        documents = Set.copyOf(documents);
    }

    /** By table, small tables first. */
    static Map<TableName, TextColumns> read(Connection session) throws SQLException {
        Map<TableName, List<String>> names = new LinkedHashMap<>();
        Map<TableName, Boolean> measured = new LinkedHashMap<>();
        Map<TableName, Set<String>> documents = new HashMap<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(ALL)) {
            while (row.next()) {
                TableName table = new TableName(row.getString(1), row.getString(2));
                names.computeIfAbsent(table, unused -> new ArrayList<>()).add(row.getString(3));
                measured.merge(table, row.getBoolean(4), Boolean::logicalAnd);
                if (row.getBoolean(5)) {
                    documents.computeIfAbsent(table, unused -> new HashSet<>()).add(row.getString(3));
                }
            }
        }
        Map<TableName, TextColumns> columns = new LinkedHashMap<>();
        names.forEach((table, of) ->
                columns.put(table, new TextColumns(of, documents.getOrDefault(table, Set.of()), measured.get(table))));
        return columns;
    }

    /** The columns without some. */
    TextColumns without(Set<String> others) {
        return new TextColumns(
                names.stream().filter(name -> !others.contains(name)).toList(), documents, measured);
    }

    /** A condition that leaves out rows whose texts are all shorter than so many bytes; empty where that cannot be told. */
    String longEnough(int bytes) {
        return measured
                ? names.stream()
                        .map(name -> "pg_catalog.octet_length(" + Identifiers.quoted(name) + ") >= " + bytes)
                        .collect(Collectors.joining(" OR ", " WHERE ", ""))
                : "";
    }
}
