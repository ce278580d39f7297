package dev.caravan.mask;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Masks whole rows as COPY sends them: runs of untouched fields are copied as bytes, masked ones are decoded, masked and encoded. One per
 * part; not thread-safe. No value is in anything that it throws.
 */
public final class RowMask {
    private static final int INITIAL_BYTES = 96 * 1024;
    private static final int SCRATCH_BYTES = 1024;
    private static final int NULL = -1;

    private final RowForm form;
    private final List<String> columns;
    private final FieldMask[] fields;
    private final boolean[] arrays;
    private final RowText rowText;
    private final int[] offsets;
    private final int[] lengths;
    private final Bytes out = new Bytes(INITIAL_BYTES);
    private final Bytes unescaped = new Bytes(SCRATCH_BYTES);
    private final Bytes printed = new Bytes(SCRATCH_BYTES);

    private RowMask(RowForm form, List<String> columns, FieldMask[] fields, boolean[] arrays, RowText rowText) {
        this.form = form;
        this.columns = columns;
        this.fields = fields;
        this.arrays = arrays;
        this.rowText = rowText;
        this.offsets = new int[columns.size()];
        this.lengths = new int[columns.size()];
    }

    /**
     * @param columns the columns in the order in which COPY sends them
     * @param types their types
     * @param masks what is done with them; a column that is missing or kept travels as it is
     * @throws MaskRefused when a masker cannot work on its column in that form
     */
    public static RowMask of(
            List<String> columns,
            Map<String, ColumnType> types,
            Map<String, ColumnMask> masks,
            MaskKey key,
            Maskers maskers,
            RowForm form) {
        boolean[] arrays = new boolean[columns.size()];
        for (int i = 0; i < arrays.length; i++) {
            ColumnMask mask = masks.get(columns.get(i));
            arrays[i] = mask != null && ValueKind.isArray(mask.type());
        }
        FieldMask[] fields = FieldMask.all(columns, masks, key, maskers, form);
        // Of its own, so that what is masked only to be shown to another column's masker is not counted.
        FieldMask[] shown = FieldMask.all(columns, masks, key, maskers, form);
        return new RowMask(form, List.copyOf(columns), fields, arrays, RowText.of(columns, types, shown, form));
    }

    /** Whether such a column can be masked inside binary rows; else its table travels as text. */
    public static boolean binaryCapable(ColumnMask mask) {
        return mask.kept() || RowForm.BINARY.codec(mask.type()).isPresent();
    }

    /** Whether a condition can compare such a column's values with texts; whether one is NULL is known of any. */
    public static boolean comparable(ColumnType type) {
        return !ValueKind.isArray(type) && RowForm.BINARY.codec(type).isPresent();
    }

    /**
     * Masks rows; the result is in {@link #bytes()} until the next call.
     *
     * @param rows whole rows without header or trailer
     * @param length how many bytes of them
     * @param rowCount how many rows there are
     */
    public void mask(byte[] rows, int length, int rowCount) {
        out.clear();
        int at = 0;
        try {
            for (int row = 0; row < rowCount; row++) {
                at = form == RowForm.BINARY ? binaryRow(rows, at) : textRow(rows, at);
            }
        } catch (IndexOutOfBoundsException e) {
            throw malformed();
        }
        if (at != length) {
            throw malformed();
        }
    }

    public byte[] bytes() {
        return out.array();
    }

    public int length() {
        return out.length();
    }

    /** What happened so far, a line per masked column. */
    public List<MaskCounts> counts() {
        List<MaskCounts> counts = new ArrayList<>();
        for (FieldMask field : fields) {
            if (field != null) {
                counts.add(field.counts());
            }
        }
        return counts;
    }

    private int binaryRow(byte[] rows, int from) {
        int count = Bytes.shortAt(rows, from);
        if (count != fields.length) {
            throw malformed();
        }
        int at = from + 2;
        for (int i = 0; i < count; i++) {
            int size = Bytes.intAt(rows, at);
            at += 4;
            offsets[i] = at;
            lengths[i] = size;
            at += Math.max(0, size);
        }
        rowText.begin(rows, offsets, lengths);
        int copied = from;
        for (int i = 0; i < count; i++) {
            FieldMask field = fields[i];
            if (field == null) {
                continue;
            }
            int rule = field.rule(rowText.source(), columns);
            if (field.keeps(rule) || (lengths[i] == NULL && !field.masksNull(rule))) {
                continue;
            }
            out.put(rows, copied, offsets[i] - 4 - copied);
            int place = out.length();
            out.putInt(NULL);
            if (field(i, rule, rows)) {
                out.setInt(place, out.length() - place - 4);
            } else {
                out.cutTo(place + 4);
            }
            copied = offsets[i] + Math.max(0, lengths[i]);
        }
        out.put(rows, copied, at - copied);
        return at;
    }

    private boolean field(int i, int rule, byte[] rows) {
        FieldMask field = fields[i];
        if (lengths[i] == NULL) {
            return !arrays[i] && field.maskNull(rule, rowText.masked(), out);
        }
        if (!arrays[i]) {
            return field.mask(rule, rowText.masked(), rows, offsets[i], lengths[i], out);
        }
        ArrayCodec.Element element =
                (bytes, offset, length, into) -> field.mask(rule, rowText.masked(), bytes, offset, length, into);
        if (form == RowForm.BINARY) {
            ArrayCodec.binary(rows, offsets[i], lengths[i], element, out);
        } else {
            ArrayCodec.printed(rows, offsets[i], lengths[i], element, out);
        }
        return true;
    }

    private int textRow(byte[] rows, int from) {
        int[] rawStarts = new int[fields.length];
        int[] rawEnds = new int[fields.length];
        unescaped.clear();
        int at = from;
        for (int i = 0; i < fields.length; i++) {
            rawStarts[i] = at;
            offsets[i] = unescaped.length();
            at = TextRows.unescape(rows, at, unescaped);
            rawEnds[i] = at;
            boolean isNull = at - rawStarts[i] == 2 && rows[rawStarts[i]] == '\\' && rows[rawStarts[i] + 1] == 'N';
            lengths[i] = isNull ? NULL : unescaped.length() - offsets[i];
            if (rows[at] != (i == fields.length - 1 ? '\n' : '\t')) {
                throw malformed();
            }
            at++;
        }
        byte[] values = Arrays.copyOf(unescaped.array(), unescaped.length());
        rowText.begin(values, offsets, lengths);
        for (int i = 0; i < fields.length; i++) {
            FieldMask field = fields[i];
            int rule = field == null ? 0 : field.rule(rowText.source(), columns);
            if (field == null || field.keeps(rule) || (lengths[i] == NULL && !field.masksNull(rule))) {
                out.put(rows, rawStarts[i], rawEnds[i] - rawStarts[i]);
            } else {
                int start = out.length();
                boolean present = field(i, rule, values);
                printed.clear();
                printed.put(out.array(), start, out.length() - start);
                out.cutTo(start);
                if (present) {
                    TextRows.escape(printed, out);
                } else {
                    out.put('\\');
                    out.put('N');
                }
            }
            out.put(i == fields.length - 1 ? '\n' : '\t');
        }
        return at;
    }

    static CaravanException malformed() {
        return CaravanException.of(
                ErrorCode.INTERNAL,
                "A row of COPY does not have the shape of its table.",
                "Report this as a defect; the old target is as it was.");
    }
}
