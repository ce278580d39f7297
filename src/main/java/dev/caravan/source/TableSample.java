package dev.caravan.source;

import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads some rows of a table: all of a small one, of a large one the rows of some pages, the same ones each time. */
final class TableSample {
    /** A table of fewer pages is read from its beginning; TABLESAMPLE would not save anything. */
    private static final int FEW_PAGES = 200;

    private static final int PAGES = 40;
    private static final int FETCHED = 200;
    /** What a value may take on disk: what is larger is not fetched from TOAST to be looked at. */
    private static final int LARGEST_BYTES = 65_536;

    private static final int LARGEST_DOCUMENT = 16_384;
    private static final int LONGEST = 2_000;
    private static final Set<String> DOCUMENTS = Set.of("json", "jsonb", "hstore");

    private TableSample() {}

    static long read(
            Connection session, Table table, List<Column> columns, int rows, Duration timeout, Consumer<String[]> row)
            throws SQLException {
        Savepoint before = session.setSavepoint();
        try (Statement statement = session.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = " + Math.max(1, timeout.toMillis()));
            statement.setFetchSize(FETCHED);
            long count = 0;
            try (ResultSet result = statement.executeQuery(query(table, columns, rows))) {
                while (result.next()) {
                    String[] values = new String[columns.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = result.getString(i + 1);
                    }
                    row.accept(values);
                    count++;
                }
            }
            return count;
        } finally {
            // Back to the timeout as it was, and out of the error of a table that could not be read.
            session.rollback(before);
        }
    }

    private static String query(Table table, List<Column> columns, int rows) {
        long pages = Math.max(table.pages(), table.bytes() / 8192);
        String some = "";
        if (pages > FEW_PAGES) {
            double byRows = table.estimatedRows() > 0 ? 150.0 * rows / table.estimatedRows() : 0;
            double byPages = 100.0 * PAGES / pages;
            some = String.format(
                    Locale.ROOT, " TABLESAMPLE SYSTEM (%.6f) REPEATABLE (1)", Math.min(100, Math.max(byRows, byPages)));
        }
        return "SELECT " + columns.stream().map(TableSample::printed).collect(Collectors.joining(", ")) + " FROM ONLY "
                + table.name().quoted() + some + " LIMIT " + rows;
    }

    private static String printed(Column column) {
        String name = Identifiers.quoted(column.name());
        ColumnType type = column.type();
        while (type.kind() == ColumnType.Kind.DOMAIN && !type.parts().isEmpty()) {
            type = type.parts().get(0);
        }
        if (DOCUMENTS.contains(type.name()) || type.kind() == ColumnType.Kind.ARRAY) {
            return "CASE WHEN pg_catalog.pg_column_size(" + name + ") <= " + LARGEST_DOCUMENT + " THEN " + name
                    + "::pg_catalog.text END";
        }
        return switch (type.name()) {
            case "bytea" -> "NULL::pg_catalog.text";
            case "int2", "int4", "int8", "bool", "uuid", "date", "timestamp", "timestamptz", "float4", "float8" ->
                name + "::pg_catalog.text";
            default ->
                "CASE WHEN pg_catalog.pg_column_size(" + name + ") <= " + LARGEST_BYTES + " THEN pg_catalog.left("
                        + name + "::pg_catalog.text, " + LONGEST + ") END";
        };
    }
}
