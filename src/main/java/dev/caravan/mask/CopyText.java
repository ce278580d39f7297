package dev.caravan.mask;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A row of COPY's text form, read. */
public final class CopyText {
    private CopyText() {}

    /** The row's values in order; null for NULL. */
    public static List<String> fields(byte[] row, int length) {
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (at < length) {
            boolean isNull = row[at] == '\\' && row[at + 1] == 'N';
            Bytes value = new Bytes(64);
            at = TextRows.unescape(row, at, value) + 1;
            fields.add(isNull ? null : new String(value.array(), 0, value.length(), StandardCharsets.UTF_8));
        }
        return fields;
    }
}
