package dev.caravan.source;

/** One row of an answer to {@link RowQueries}: numbers, places and truths as COPY prints them. Columns count from 1. */
record FoundRow(String[] fields) {
    String text(int column) {
        return fields[column - 1];
    }

    long number(int column) {
        return Long.parseLong(text(column));
    }

    /** Whether a boolean column says so; NULL does not. */
    boolean is(int column) {
        return text(column).equals("t");
    }
}
