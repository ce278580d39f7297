package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces any text by a token that only the key can make. */
final class TokenMasker implements Masker {
    @Override
    public String name() {
        return "token";
    }

    @Override
    public String description() {
        return "Replaces any text by a token that only the key can make.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.of(
                        "length",
                        Parameter.Type.INTEGER,
                        16L,
                        "How many characters; from 16 on, 80 bits, different values stay different."),
                Parameter.of("prefix", Parameter.Type.TEXT, "", "What every token begins with."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Uniqueness uniqueness(Settings settings) {
        return settings.integer("length") >= Base32.UNIQUE_CHARACTERS ? Uniqueness.KEPT_IN_PRACTICE : Uniqueness.LOST;
    }

    @Override
    public boolean alwaysChanges(Settings settings) {
        return true;
    }

    @Override
    public Example example() {
        return Example.of("anything");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        int length = (int) settings.integer("length");
        String prefix = settings.text("prefix");
        if (length < 8 || length > 51) {
            throw new MaskRefused("length must be from 8 to 51");
        }
        if (column.unique()) {
            column.needsLength(prefix.length() + length);
        }
        Hmac hmac = column.hmac();
        return (value, output) -> {
            output.append(prefix);
            Base32.append(hmac.of(value), length, output);
        };
    }
}
