package dev.caravan.source;

import java.sql.SQLException;

/** One row of an answer to {@link RowQueries}; columns count from 1. Valid until the next one. */
interface FoundRow {
    String text(int column) throws SQLException;

    default long number(int column) throws SQLException {
        return Long.parseLong(text(column));
    }

    /** Whether a boolean column says so. */
    default boolean is(int column) throws SQLException {
        return text(column).equals("t");
    }
}
