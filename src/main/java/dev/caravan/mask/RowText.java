package dev.caravan.mask;

import dev.caravan.schema.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The other columns of the row at hand as texts: as the source has them for conditions, masked ones masked for maskers. Not thread-safe. */
final class RowText {
    private static final int PRINTED_BYTES = 64;
    /** What a condition sees of a value that is there and cannot be shown, such as NaN or an array: neither NULL nor any text that PostgreSQL has. */
    private static final String UNSHOWN = "\0";

    private final Codec[] readers;
    private final Codec[] printers;
    private final FieldMask[] fields;
    private final Value value = new Value();
    private final List<String> columns;
    private byte[] row = new byte[0];
    private int[] offsets = new int[0];
    private int[] lengths = new int[0];
    private int depth;
    // Made once, not for every field.
    private final Value.Row source = this::tested;
    private final Value.Row masked = this::maskedText;

    private RowText(List<String> columns, Codec[] readers, Codec[] printers, FieldMask[] fields) {
        this.columns = columns;
        this.readers = readers;
        this.printers = printers;
        this.fields = fields;
    }

    /**
     * @param columns the columns in their order
     * @param types their types; an array's values are not shown
     * @param fields per column, null where values travel as they are
     */
    static RowText of(List<String> columns, Map<String, ColumnType> types, FieldMask[] fields, RowForm form) {
        Codec[] readers = new Codec[columns.size()];
        Codec[] printers = new Codec[columns.size()];
        for (int i = 0; i < readers.length; i++) {
            ColumnType type = types.get(columns.get(i));
            if (type != null && !ValueKind.isArray(type)) {
                readers[i] = form.codec(type).orElse(null);
                printers[i] =
                        readers[i] == null ? null : RowForm.TEXT.codec(type).orElse(null);
            }
        }
        return new RowText(List.copyOf(columns), readers, printers, fields);
    }

    void begin(byte[] bytes, int[] fieldOffsets, int[] fieldLengths) {
        row = bytes;
        offsets = fieldOffsets;
        lengths = fieldLengths;
    }

    Value.Row source() {
        return source;
    }

    Value.Row masked() {
        return masked;
    }

    private String tested(int index) {
        String text = sourceText(index);
        return text == null && index >= 0 && lengths[index] >= 0 ? UNSHOWN : text;
    }

    private String sourceText(int index) {
        return index < 0 || lengths[index] < 0 || readers[index] == null
                ? null
                : text(readers[index], printers[index], row, offsets[index], lengths[index]);
    }

    private String maskedText(int index) {
        if (fields[index] == null) {
            return sourceText(index);
        }
        if (lengths[index] < 0 || readers[index] == null) {
            return null;
        }
        if (++depth > fields.length) {
            throw new MaskRefused("columns that are made from each other in a circle");
        }
        try {
            Bytes into = new Bytes(64);
            FieldMask field = fields[index];
            int rule = field.rule(source, columns);
            return field.keeps(rule)
                    ? sourceText(index)
                    : field.mask(rule, masked, row, offsets[index], lengths[index], into)
                            ? text(readers[index], printers[index], into.array(), 0, into.length())
                            : null;
        } finally {
            depth--;
        }
    }

    private String text(Codec reader, Codec printer, byte[] bytes, int offset, int length) {
        if (!reader.decode(bytes, offset, length, value)) {
            return null;
        }
        Output shown = new Output();
        switch (value.kind()) {
            case DATE, TIME, TIMESTAMP, BOOLEAN, INTEGER -> shown.number(value.number());
            case FLOAT -> {
                return BigDecimal.valueOf(value.real()).toPlainString();
            }
            case DECIMAL -> shown.decimal(value.decimal());
            case UUID -> shown.uuid(value.high(), value.low());
            default -> shown.append(value.bytes(), value.offset(), value.length());
        }
        return printed(printer, shown);
    }

    private static String printed(Codec printer, Output output) {
        Bytes into = new Bytes(PRINTED_BYTES);
        return printer.encode(output, into) ? new String(into.array(), 0, into.length(), StandardCharsets.UTF_8) : null;
    }
}
