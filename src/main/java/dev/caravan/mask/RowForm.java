package dev.caravan.mask;

/** COPY's two forms of a row. */
public enum RowForm {
    BINARY,
    TEXT
}
