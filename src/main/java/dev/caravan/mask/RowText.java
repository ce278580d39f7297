package dev.caravan.mask;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The other columns of the row at hand as texts: as the source has them for conditions, masked ones masked for maskers. Not thread-safe. */
final class RowText {
    private final Codec[] readers;
    private final FieldMask[] fields;
    private final Value value = new Value();
    private final List<String> columns;
    private byte[] row = new byte[0];
    private int[] offsets = new int[0];
    private int[] lengths = new int[0];
    private int depth;

    /**
     * @param readers per column, null where values cannot be shown
     * @param fields per column, null where values travel as they are; of its own, so that nothing is counted twice
     * @param columns their names
     */
    RowText(Codec[] readers, FieldMask[] fields, List<String> columns) {
        this.columns = columns;
        this.readers = readers.clone();
        this.fields = fields.clone();
    }

    void begin(byte[] bytes, int[] fieldOffsets, int[] fieldLengths) {
        row = bytes;
        offsets = fieldOffsets;
        lengths = fieldLengths;
    }

    Value.Row source() {
        return index -> index < 0 || lengths[index] < 0 || readers[index] == null
                ? null
                : text(readers[index], row, offsets[index], lengths[index]);
    }

    Value.Row masked() {
        return index -> fields[index] == null ? source().text(index) : maskedText(index);
    }

    private String maskedText(int index) {
        if (lengths[index] < 0 || readers[index] == null) {
            return null;
        }
        if (++depth > fields.length) {
            throw new MaskRefused("columns that are made from each other in a circle");
        }
        try {
            Bytes into = new Bytes(64);
            FieldMask field = fields[index];
            int rule = field.rule(source(), columns);
            return field.keeps(rule)
                    ? source().text(index)
                    : field.mask(rule, masked(), row, offsets[index], lengths[index], into)
                            ? text(readers[index], into.array(), 0, into.length())
                            : null;
        } finally {
            depth--;
        }
    }

    private String text(Codec reader, byte[] bytes, int offset, int length) {
        if (!reader.decode(bytes, offset, length, value)) {
            return null;
        }
        return switch (value.kind()) {
            case INTEGER, TIME -> Long.toString(value.number());
            case BOOLEAN -> value.number() == 0 ? "f" : "t";
            case DATE -> PrintedCodecs.EPOCH.plusDays(value.number()).toString();
            case TIMESTAMP -> Long.toString(value.number());
            case FLOAT -> BigDecimal.valueOf(value.real()).toPlainString();
            case DECIMAL -> value.decimal().toPlainString();
            case UUID -> new UUID(value.high(), value.low()).toString();
            default -> new String(value.bytes(), value.offset(), value.length(), StandardCharsets.UTF_8);
        };
    }
}
