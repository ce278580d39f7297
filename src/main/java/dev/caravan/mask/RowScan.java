package dev.caravan.mask;

import dev.caravan.schema.ColumnType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Looks for source values in whole rows on their way, as they are about to be written. One per part; not thread-safe. */
public final class RowScan {
    /** How a field holds its texts in binary rows. */
    private enum Inside {
        /** It is one text. */
        TEXT,
        /** json: a text in which a backslash hides the byte after it. */
        JSON,
        /** jsonb: a text behind the version's byte. */
        DOCUMENT,
        /** hstore: so many keys and values, each behind its length. */
        PAIRS
    }

    private final TextSearch search;
    private final int shortest;
    private final RowForm form;
    private final String[] places;
    private final boolean[] kept;
    /** Null where no text is. */
    private final Inside[] inside;

    private final boolean[] arrays;
    private final Set<String> columns = new LinkedHashSet<>();
    private long rows;
    private long nanos;

    private RowScan(SourceValues values, int fields, RowForm form) {
        this.search = new TextSearch(values);
        this.shortest = values.shortest();
        this.form = form;
        this.places = new String[fields];
        this.kept = new boolean[fields];
        this.inside = new Inside[fields];
        this.arrays = new boolean[fields];
    }

    /**
     * @param values what to look for; all that will be looked for
     * @param table the rows' table, as places are to be named
     * @param columns the columns in the order in which COPY sends them
     * @param types their types
     * @param kept whether a column's values travel as they are
     * @return empty when there is nothing to look for, or nowhere to look
     */
    public static Optional<RowScan> of(
            SourceValues values,
            String table,
            List<String> columns,
            Map<String, ColumnType> types,
            Predicate<String> kept,
            RowForm form) {
        if (values.size() == 0) {
            return Optional.empty();
        }
        RowScan search = new RowScan(values, columns.size(), form);
        for (int i = 0; i < columns.size(); i++) {
            ColumnType type = types.get(columns.get(i));
            Inside inside = type == null ? null : inside(type);
            if (inside != null) {
                search.inside[i] = inside;
                search.arrays[i] = ValueKind.isArray(type);
                search.places[i] = table + "." + columns.get(i);
                search.kept[i] = kept.test(columns.get(i));
                search.columns.add(columns.get(i));
            }
        }
        return search.columns.isEmpty() ? Optional.empty() : Optional.of(search);
    }

    private static Inside inside(ColumnType type) {
        return switch (ValueKind.of(type)) {
            case TEXT -> Inside.TEXT;
            case JSON -> ValueKind.elementary(type).name().equals("jsonb") ? Inside.DOCUMENT : Inside.JSON;
            case HSTORE -> Inside.PAIRS;
            default -> null;
        };
    }

    /**
     * Looks into every text of some rows.
     *
     * @param bytes whole rows without header or trailer
     * @param length how many bytes of them
     * @param rowCount how many rows there are
     */
    public void look(byte[] bytes, int length, int rowCount) {
        long begun = System.nanoTime();
        int at = 0;
        try {
            for (int row = 0; row < rowCount; row++) {
                at = form == RowForm.BINARY ? binaryRow(bytes, at) : textRow(bytes, at);
            }
        } catch (IndexOutOfBoundsException e) {
            throw RowMask.malformed();
        }
        if (at != length) {
            throw RowMask.malformed();
        }
        rows += rowCount;
        nanos += System.nanoTime() - begun;
    }

    private int textRow(byte[] bytes, int from) {
        int at = from;
        for (int i = 0; i < inside.length; i++) {
            int start = at;
            while (bytes[at] != '\t' && bytes[at] != '\n') {
                at++;
            }
            if (inside[i] != null && at - start >= shortest) {
                textField(i, bytes, start, at - start);
            }
            at++;
        }
        return at;
    }

    private void textField(int field, byte[] bytes, int from, int length) {
        if (inside[field] == Inside.JSON || inside[field] == Inside.DOCUMENT) {
            search.lookIntoDocument(bytes, from, kept[field], places[field]);
        } else {
            search.look(bytes, from, length, true, kept[field], places[field]);
        }
    }

    private int binaryRow(byte[] bytes, int from) {
        if (Bytes.shortAt(bytes, from) != inside.length) {
            throw RowMask.malformed();
        }
        int at = from + Short.BYTES;
        for (int i = 0; i < inside.length; i++) {
            int size = Bytes.intAt(bytes, at);
            at += Integer.BYTES;
            if (size >= shortest && inside[i] != null) {
                if (arrays[i]) {
                    elements(i, bytes, at, size);
                } else {
                    value(i, bytes, at, size);
                }
            }
            at += Math.max(0, size);
        }
        return at;
    }

    /** array_send: the number of dimensions, flags, the element's type, two numbers for each dimension, then each element behind its length. */
    private void elements(int field, byte[] bytes, int offset, int length) {
        int at = offset + 3 * Integer.BYTES + 2 * Integer.BYTES * Bytes.intAt(bytes, offset);
        while (at < offset + length) {
            int size = Bytes.intAt(bytes, at);
            at += Integer.BYTES;
            if (size >= shortest) {
                value(field, bytes, at, size);
            }
            at += Math.max(0, size);
        }
    }

    private void value(int field, byte[] bytes, int offset, int length) {
        switch (inside[field]) {
            case TEXT -> search.look(bytes, offset, length, false, kept[field], places[field]);
            case JSON -> search.look(bytes, offset, length, true, kept[field], places[field]);
            case DOCUMENT -> search.look(bytes, offset + 1, length - 1, true, kept[field], places[field]);
            case PAIRS -> pairs(field, bytes, offset, length);
        }
    }

    private void pairs(int field, byte[] bytes, int offset, int length) {
        int at = offset + Integer.BYTES;
        while (at < offset + length) {
            int size = Bytes.intAt(bytes, at);
            at += Integer.BYTES;
            if (size >= shortest) {
                search.look(bytes, at, size, false, kept[field], places[field]);
            }
            at += Math.max(0, size);
        }
    }

    /** The columns that are looked into. */
    public Set<String> columns() {
        return Set.copyOf(columns);
    }

    /** How many rows were looked through so far. */
    public long rows() {
        return rows;
    }

    /** How long it has taken so far. */
    public long nanos() {
        return nanos;
    }

    /** What was found so far. */
    public FoundValues found() {
        return search.found();
    }
}
