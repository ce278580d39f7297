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
    /** With the @ (RFC 1035). */
    private static final int MOST_DOMAIN = 254;

    private static final byte[] SAFE = "@example.com".getBytes(StandardCharsets.US_ASCII);

    /** On a unique column 80 bits of the HMAC are shown. */
    @Override
    public Uniqueness uniqueness(Settings settings) {
        return Uniqueness.KEPT_IN_PRACTICE;
    }

    @Override
    public boolean mayReuse() {
        return false;
    }

    @Override
    public Example example() {
        return Example.of("anna.muster@corp.example");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        int mostKept = settings.text("at").equals("keep") ? MOST_DOMAIN : 0;
        int characters = column.unique() ? Base32.UNIQUE_CHARACTERS : SHORT_CHARACTERS;
        column.needsLength(characters + SAFE.length);
        int keep = Math.min(mostKept, column.maxLength().orElse(Integer.MAX_VALUE) - characters);
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

    /**
     * What stands behind the last @ if it looks like a domain, else one that leads nowhere (RFC 2606).
     *
     * @param keep the most bytes to keep, the @ among them, so that a kept domain is never cut
     */
    private static void domain(Value value, int keep, Output output) {
        byte[] bytes = value.bytes();
        int end = value.offset() + value.length();
        int from = Math.max(value.offset() + 1, end - keep);
        for (int i = end - 1; i >= from; i--) {
            if (bytes[i] == '@' && i < end - 1) {
                output.append(bytes, i, end - i);
                return;
            }
            if (!ofDomain(bytes[i])) {
                break;
            }
        }
        output.append(SAFE);
    }

    private static boolean ofDomain(byte b) {
        return (b | 32) >= 'a' && (b | 32) <= 'z' || b >= '0' && b <= '9' || b == '.' || b == '-';
    }
}
