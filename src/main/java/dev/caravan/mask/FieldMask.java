package dev.caravan.mask;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Masks the fields of one column, value by value: an array's element by element. Counts what happened. Not thread-safe. */
final class FieldMask {
    private final ColumnMask mask;
    private final Codec codec;
    /** By rule; null where it keeps. */
    private final ValueMask[] masks;

    /** By rule: the most characters of a text. */
    private final int[] limits;

    private final Fallback fallback;
    private final Value value = new Value();
    private final Value check = new Value();
    private final Output output = new Output();
    private long masked;
    private long unchanged;
    private long unreadable;

    private FieldMask(ColumnMask mask, Codec codec, MaskKey key, List<String> others, Maskers maskers) {
        this.mask = mask;
        this.codec = codec;
        this.fallback = new Fallback(mask.toMasked(mask.rules().get(0), key, others));
        this.masks = mask.rules().stream()
                .map(rule -> rule.masker().equals(KeepMasker.NAME)
                        ? null
                        : maskers.find(rule.masker())
                                .orElseThrow()
                                .prepare(rule.settings(), mask.toMasked(rule, key, others)))
                .toArray(ValueMask[]::new);
        this.limits = mask.rules().stream()
                .mapToInt(rule -> mask.maxLength(rule).orElse(Integer.MAX_VALUE))
                .toArray();
    }

    /** One for each column, null where it travels as it is. */
    static FieldMask[] all(
            List<String> columns, Map<String, ColumnMask> masks, MaskKey key, Maskers maskers, RowForm form) {
        FieldMask[] fields = new FieldMask[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            ColumnMask mask = masks.get(columns.get(i));
            if (mask != null && !mask.kept()) {
                Codec codec = form.codec(mask.type())
                        .orElseThrow(() -> new MaskRefused("values of type "
                                + ValueKind.elementary(mask.type()).name() + " are not masked in a copy as "
                                + form.name().toLowerCase(Locale.ROOT)));
                fields[i] = new FieldMask(mask, codec, key, columns, maskers);
            }
        }
        return fields;
    }

    /** Which rule counts for the row, by its conditions. */
    int rule(Value.Row source, List<String> columns) {
        for (int i = 0; i < masks.length - 1; i++) {
            Condition condition = mask.rules().get(i).when().orElseThrow();
            if (condition.holds(source.text(columns.indexOf(condition.column())))) {
                return i;
            }
        }
        return masks.length - 1;
    }

    boolean keeps(int rule) {
        return masks[rule] == null;
    }

    boolean masksNull(int rule) {
        return mask.rules().get(rule).maskNull();
    }

    /**
     * Writes the masked value without its length.
     *
     * @return false when it is NULL now
     */
    boolean mask(int rule, Value.Row row, byte[] bytes, int offset, int length, Bytes into) {
        masked++;
        int start = into.length();
        output.clear();
        boolean readable = codec.decode(bytes, offset, length, value.row(row));
        if (readable) {
            try {
                masks[rule].mask(value, output);
            } catch (RuntimeException e) {
                // Whatever a masker stumbles over may quote the value: it is counted, and said no more of.
                output.unreadable();
            }
        } else {
            value.bytes(ValueKind.OTHER, bytes, offset, length);
            output.unreadable();
        }
        if (output.form() == Output.Form.NULL) {
            return false;
        }
        output.cutToCharacters(limits[rule]);
        if (output.form() == Output.Form.UNREADABLE || !codec.encode(output, into)) {
            into.cutTo(start);
            unreadable++;
            output.clear();
            fallback.write(value, output);
            if (output.form() == Output.Form.NULL) {
                return false;
            }
            output.cutToCharacters(limits[rule]);
            if (!codec.encode(output, into)) {
                throw new MaskRefused(
                        "the column " + mask.column() + " has no safe replacement for what cannot be read");
            }
        }
        if (!output.isToStay()
                && into.length() - start == length
                && length > 0
                && Bytes.same(into.array(), start, bytes, offset, length)) {
            unchanged++;
        }
        return true;
    }

    /** Counts a NULL that was given a value. */
    boolean maskNull(int rule, Value.Row row, Bytes into) {
        masked++;
        output.clear();
        masks[rule].mask(check.row(row).bytes(ValueKind.OTHER, new byte[0], 0, 0), output);
        output.cutToCharacters(limits[rule]);
        return output.form() != Output.Form.NULL && codec.encode(output, into);
    }

    MaskCounts counts() {
        return new MaskCounts(mask.column(), masked, unchanged, unreadable);
    }
}
