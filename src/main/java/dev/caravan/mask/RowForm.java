package dev.caravan.mask;

import dev.caravan.schema.ColumnType;
import java.util.Optional;

/** COPY's two forms of a row. */
public enum RowForm {
    BINARY,
    TEXT;

    /** What reads and writes single values of the type, or of an array's elements; absent where they are not masked in this form. */
    Optional<Codec> codec(ColumnType type) {
        ColumnType elementary = ValueKind.elementary(type);
        return this == BINARY ? BinaryCodecs.of(elementary) : PrintedCodecs.of(elementary);
    }
}
