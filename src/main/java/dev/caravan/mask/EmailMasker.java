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

    /** Where a column is narrow; it must not be unique then. */
    private static final int LEAST_CHARACTERS = 8;

    private static final int CHARACTERS = Base32.UNIQUE_CHARACTERS;
    /** With the @ (RFC 1035). */
    private static final int MOST_DOMAIN = 254;

    private static final byte[] SAFE = "@example.com".getBytes(StandardCharsets.US_ASCII);

    /** 80 bits are shown, 40 of each of two keyed hashes, in all columns alike. */
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
        int least = column.unique() ? CHARACTERS : LEAST_CHARACTERS;
        column.needsLength(least + SAFE.length);
        int limit = column.maxLength().orElse(Integer.MAX_VALUE);
        KeyedHash first = column.hash();
        KeyedHash second = column.hash("second");
        return (value, output) -> {
            int kept = domain(value, Math.min(mostKept, limit - least));
            int characters = Math.min(CHARACTERS, limit - (kept == 0 ? SAFE.length : kept));
            Base32.append(value.hash(first), Math.min(characters, CHARACTERS / 2), output);
            Base32.append(value.hash(second), characters - CHARACTERS / 2, output);
            if (kept == 0) {
                output.append(SAFE);
            } else {
                output.append(value.bytes(), value.offset() + value.length() - kept, kept);
            }
        };
    }

    /**
     * How many bytes from the last @ on look like a domain; 0 when they do not, and the address leads nowhere (RFC 2606).
     *
     * @param most the most bytes to keep, so that a kept domain is never cut
     */
    private static int domain(Value value, int most) {
        byte[] bytes = value.bytes();
        int end = value.offset() + value.length();
        int from = Math.max(value.offset() + 1, end - most);
        for (int i = end - 1; i >= from; i--) {
            if (bytes[i] == '@' && i < end - 1) {
                return end - i;
            }
            if (!ofDomain(bytes[i])) {
                return 0;
            }
        }
        return 0;
    }

    private static boolean ofDomain(byte b) {
        return (b | 32) >= 'a' && (b | 32) <= 'z' || b >= '0' && b <= '9' || b == '.' || b == '-';
    }
}
