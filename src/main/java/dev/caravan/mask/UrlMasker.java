package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces a web address by one at example.com. */
final class UrlMasker implements Masker {
    @Override
    public String name() {
        return "url";
    }

    @Override
    public String description() {
        return "Replaces a web address by one at example.com.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    private static final String PREFIX = "https://example.com/";

    @Override
    public Uniqueness uniqueness(Settings settings) {
        return Uniqueness.KEPT_IN_PRACTICE;
    }

    @Override
    public Example example() {
        return Example.of("https://corp.example/anna");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        column.needsLength(PREFIX.length() + Base32.UNIQUE_CHARACTERS);
        Hmac hmac = column.hmac();
        return (value, output) -> {
            output.append(PREFIX);
            Base32.append(hmac.of(value), Base32.UNIQUE_CHARACTERS, output);
        };
    }
}
