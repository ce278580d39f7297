package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Gives a payment card's number another account behind the digits that name the issuer, with a valid check digit (Luhn); spaces and
 * hyphens stay. Where the column must be unique, the account goes through a {@link Permutation}; what has no valid check digit is unreadable.
 */
public final class CardMasker implements Masker {
    private static final int LEAST_DIGITS = 12;
    private static final int MOST_DIGITS = 19;
    private static final int MOST_KEPT = 8;

    @Override
    public String name() {
        return "card";
    }

    @Override
    public String description() {
        return "Another card number of the same length with a valid check digit.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of(
                "keepFirst", Parameter.Type.INTEGER, 1L, "How many digits of the issuer stay, from 0 to 8."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Uniqueness uniqueness(Settings settings) {
        return Uniqueness.BIJECTIVE;
    }

    @Override
    public Example example() {
        return Example.of("4111 1111 1111 1111");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        int keep = (int) Limits.within("keepFirst", settings.integer("keepFirst"), 0, MOST_KEPT);
        KeyedHash hash = column.hash("card");
        byte[] digits = new byte[MOST_DIGITS];
        return (value, output) -> {
            int count = read(value, digits);
            if (count < LEAST_DIGITS || luhn(digits, count) != 0) {
                output.unreadable();
                return;
            }
            replace(digits, keep, count - 1, hash);
            digits[count - 1] = 0;
            digits[count - 1] = (byte) ((10 - luhn(digits, count)) % 10);
            write(value, digits, output);
        };
    }

    /** The number of digits; -1 when there is something that is none, or too many. */
    private static int read(Value value, byte[] digits) {
        int count = 0;
        for (int at = value.offset(); at < value.offset() + value.length(); at++) {
            byte c = value.bytes()[at];
            if (c >= '0' && c <= '9') {
                if (count == MOST_DIGITS) {
                    return -1;
                }
                digits[count++] = (byte) (c - '0');
            } else if (c != ' ' && c != '-') {
                return -1;
            }
        }
        return count;
    }

    private static void replace(byte[] digits, int from, int to, KeyedHash hash) {
        long kept = to;
        long account = 0;
        for (int i = 0; i < from; i++) {
            kept = kept * 10 + digits[i];
        }
        long size = 1;
        for (int i = from; i < to; i++) {
            account = account * 10 + digits[i];
            size *= 10;
        }
        long replaced = new Permutation(hash, size - 1, kept).of(account);
        for (int i = to - 1; i >= from; i--) {
            digits[i] = (byte) (replaced % 10);
            replaced /= 10;
        }
    }

    /** The sum of the digits, every second one from the right doubled, modulo 10: 0 when the last one is the right check digit. */
    private static int luhn(byte[] digits, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int digit = digits[count - 1 - i];
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10;
    }

    private static void write(Value value, byte[] digits, Output output) {
        int next = 0;
        for (int at = value.offset(); at < value.offset() + value.length(); at++) {
            byte c = value.bytes()[at];
            output.append((char) (c >= '0' && c <= '9' ? '0' + digits[next++] : c));
        }
    }
}
