package dev.caravan.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** COPY's format for a table. */
public enum CopyFormat {
    BINARY,
    TEXT;

    /** As COPY and the API spell it. */
    @JsonValue
    public String sql() {
        return name().toLowerCase(Locale.ROOT);
    }
}
