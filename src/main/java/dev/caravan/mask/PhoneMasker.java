package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces the digits of a telephone number; a country code behind + and the punctuation stay. */
final class PhoneMasker implements Masker {
    @Override
    public String name() {
        return "phone";
    }

    @Override
    public String description() {
        return "Replaces the digits of a telephone number; a country code behind + and the punctuation stay.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of(
                "keepFirst",
                Parameter.Type.INTEGER,
                3L,
                "How many characters stay when the number begins with +: the country code."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Example example() {
        return Example.of("+49 000 1234567");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        int keep = (int) settings.integer("keepFirst");
        if (keep < 0 || keep > 5) {
            throw new MaskRefused("keepFirst must be from 0 to 5");
        }
        if (column.unique()) {
            throw new MaskRefused("two numbers may become the same; use format-preserving or token");
        }
        return ShapeMask.digits(column, keep);
    }
}
