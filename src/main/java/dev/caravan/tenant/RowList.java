package dev.caravan.tenant;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Base64;

/**
 * Rows of one table by their places, ascending. Under one snapshot, and with the table locked against rewriting, a place always holds
 * the same row. Kept as differences of seven bits a byte: two bytes or so a row. Immutable.
 */
public final class RowList {
    private final byte[] differences;
    private final int size;

    private RowList(byte[] differences, int size) {
        this.differences = differences;
        this.size = size;
    }

    /** @param tids ascending, each once; see {@link Tid} */
    public static RowList of(long... tids) {
        byte[] bytes = new byte[tids.length * 7];
        int length = 0;
        long last = 0;
        for (long tid : tids) {
            long difference = tid - last;
            if (difference <= 0) {
                throw new IllegalArgumentException("rows are listed ascending");
            }
            last = tid;
            while (difference >= 0x80) {
                bytes[length++] = (byte) (difference | 0x80);
                difference >>>= 7;
            }
            bytes[length++] = (byte) difference;
        }
        return new RowList(Arrays.copyOf(bytes, length), tids.length);
    }

    /** @throws IllegalArgumentException when it is not what {@link #toString} gave */
    @JsonCreator
    static RowList parse(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        int size = 0;
        for (byte b : bytes) {
            size += b >= 0 ? 1 : 0;
        }
        return new RowList(bytes, size);
    }

    public int size() {
        return size;
    }

    /** An array of tid in SQL. */
    public String sql() {
        StringBuilder sql = new StringBuilder(size * 14 + 30).append("'{");
        long tid = 0;
        long difference = 0;
        int shift = 0;
        boolean first = true;
        for (byte b : differences) {
            difference |= (b & 0x7FL) << shift;
            shift += 7;
            if (b >= 0) {
                tid += difference;
                sql.append(first ? "\"" : ",\"");
                Tid.append(sql, tid);
                sql.append('"');
                first = false;
                difference = 0;
                shift = 0;
            }
        }
        return sql.append("}'::pg_catalog.tid[]").toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowList list && Arrays.equals(differences, list.differences);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(differences);
    }

    @JsonValue
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(differences);
    }
}
