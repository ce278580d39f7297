package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces a login by a made-up one. */
final class UserNameMasker implements Masker {
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
        int characters = column.unique() ? Base32.UNIQUE_CHARACTERS : 8;
        column.needsLength(characters + 1);
        Hmac hmac = column.hmac();
        return (value, output) -> {
            output.append('u');
            Base32.append(hmac.of(value), characters, output);
        };
    }
}
