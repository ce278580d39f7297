package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces a login by a made-up one. */
final class UserNameMasker implements Masker {
    private static final int LEAST_CHARACTERS = 8;

    @Override
    public String name() {
        return "user-name";
    }

    @Override
    public String description() {
        return "Replaces a login by a made-up one.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Uniqueness uniqueness(Settings settings) {
        return Uniqueness.KEPT_IN_PRACTICE;
    }

    @Override
    public Example example() {
        return Example.of("amuster");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        int least = column.unique() ? Base32.UNIQUE_CHARACTERS : LEAST_CHARACTERS;
        column.needsLength(least + 1);
        // A narrow column has the beginning of what others have.
        int characters = Math.min(Base32.UNIQUE_CHARACTERS, column.maxLength().orElse(Integer.MAX_VALUE) - 1);
        Hmac hmac = column.hmac();
        return (value, output) -> {
            output.append('u');
            Base32.append(hmac.of(value), characters, output);
        };
    }
}
