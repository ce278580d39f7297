package dev.caravan.source;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads all rows of a query as values. */
final class Rows {
    private Rows() {}

    /** Makes one value from the row that the result set stands on. */
    interface Mapper<T> {
        T from(ResultSet row) throws SQLException;
    }

    static <T> List<T> of(Connection session, String query, Mapper<T> mapper) throws SQLException {
        List<T> values = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(mapper.from(rows));
            }
        }
        return values;
    }

    /** A text[] column; NULL is an empty list. */
    static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }
}
