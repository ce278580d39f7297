package dev.caravan.verify;

import dev.caravan.schema.Identifiers;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table's content in two numbers that do not depend on the rows' order.
 *
 * @param rows how many
 * @param sum of a 64-bit hash of each row's text, as a decimal
 */
record ContentHash(long rows, String sum) {
    /** Columns are named in one order on both sides, since a restore may order an inherited table's otherwise. */
    static ContentHash of(Connection session, TableName table, List<String> columns) throws SQLException {
        String row = columns.isEmpty()
                ? "''"
                : columns.stream()
                        .sorted()
                        .map(name -> "t." + Identifiers.quoted(name))
                        .collect(Collectors.joining(", ", "ROW(", ")::text COLLATE \"C\""));
        try (Statement statement = session.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*), coalesce(sum(pg_catalog.hashtextextended("
                        + row + ", 0)::numeric), 0)::text FROM ONLY " + table.quoted() + " t")) {
            result.next();
            return new ContentHash(result.getLong(1), result.getString(2));
        }
    }
}
