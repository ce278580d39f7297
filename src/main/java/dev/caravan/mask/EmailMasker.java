package dev.caravan.mask;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces an e-mail address by one at example.com, or at its own domain. */
final class EmailMasker implements Masker {
    @Override
    public String name() {
        return "email";
    }

    @Override
    public String description() {
        return "Replaces an e-mail address by one at example.com, or at its own domain.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.choice(
                "at",
                "safe",
                "Where the address leads: safe is example.com, keep is the value's own domain.",
                "safe",
                "keep"));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    private static final int SHORT_CHARACTERS = 8;
    private static final byte[] SAFE = "@example.com".getBytes(StandardCharsets.US_ASCII);

    /** On a unique column 80 bits of the HMAC are shown. */
    @Override
    public Uniqueness uniqueness(Settings settings) {
        return Uniqueness.KEPT_IN_PRACTICE;
    }

    @Override
    public Example example() {
        return Example.of("anna.muster@corp.example");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        boolean keep = settings.text("at").equals("keep");
        int characters = column.unique() ? Base32.UNIQUE_CHARACTERS : SHORT_CHARACTERS;
        column.needsLength(characters + SAFE.length);
        if (column.unique()) {
            Hmac hmac = column.hmac();
            return (value, output) -> {
                Base32.append(hmac.of(value), characters, output);
                domain(value, keep, output);
            };
        }
        KeyedHash hash = column.hash();
        return (value, output) -> {
            Base32.append(value.hash(hash), characters, output);
            domain(value, keep, output);
        };
    }

    /** Everything behind the last @, or a domain that leads nowhere (RFC 2606). */
    private static void domain(Value value, boolean keep, Output output) {
        if (keep) {
            byte[] bytes = value.bytes();
            for (int i = value.offset() + value.length() - 1; i > value.offset(); i--) {
                if (bytes[i] == '@') {
                    output.append(bytes, i, value.offset() + value.length() - i);
                    return;
                }
            }
        }
        output.append(SAFE);
    }
}
