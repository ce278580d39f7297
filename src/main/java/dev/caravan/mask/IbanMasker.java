package dev.caravan.mask;

import java.util.EnumSet;
import java.util.Set;

/**
 * Gives an IBAN another account in the same country, of the same length and with valid check digits; digits stay digits, letters letters,
 * spaces in place. A country's own check digits inside the account are not kept right. What is no valid IBAN is unreadable.
 */
public final class IbanMasker implements Masker {
    private static final int LEAST = 15;
    private static final int MOST = 34;
    private static final int HEAD = 4;
    /** Another letter still fits behind it. */
    private static final long LARGE = Long.MAX_VALUE / 1_000;

    @Override
    public String name() {
        return "iban";
    }

    @Override
    public String description() {
        return "Another IBAN of the same country with valid check digits.";
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
        return Example.of("DE89 3704 0044 0532 0130 00");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        MixedRadixCipher cipher = new MixedRadixCipher(column);
        byte[] iban = new byte[MOST];
        return (value, output) -> {
            int length = read(value, iban);
            if (length < LEAST || !headed(iban) || remainder(iban, length) != 1) {
                output.unreadable();
                return;
            }
            cipher.encipher(iban, HEAD, length, iban[0] << Byte.SIZE | iban[1]);
            iban[2] = '0';
            iban[3] = '0';
            int check = 98 - remainder(iban, length);
            iban[2] = (byte) ('0' + check / 10);
            iban[3] = (byte) ('0' + check % 10);
            write(value, iban, output);
        };
    }

    /** The number of characters that are no space; -1 when one of them has no place in an IBAN. */
    private static int read(Value value, byte[] iban) {
        byte[] bytes = value.bytes();
        int end = value.offset() + value.length();
        int length = 0;
        for (int at = value.offset(); at < end; at++) {
            byte c = bytes[at];
            if (c == ' ') {
                continue;
            }
            if (value.isCaseless() && c >= 'a' && c <= 'z') {
                // Equal to the capital by the type itself, so that a key may have either.
                c -= 'a' - 'A';
            }
            if (length == MOST || !(digit(c) || c >= 'A' && c <= 'Z')) {
                return -1;
            }
            iban[length++] = c;
        }
        return length;
    }

    private static boolean headed(byte[] iban) {
        int check = (iban[2] - '0') * 10 + iban[3] - '0';
        // 00, 01 and 99 leave the right remainder too, but nobody assigns them: two IBANs would become one.
        return !digit(iban[0]) && !digit(iban[1]) && digit(iban[2]) && digit(iban[3]) && check >= 2 && check <= 98;
    }

    private static boolean digit(byte c) {
        return c >= '0' && c <= '9';
    }

    /** ISO 7064: the account, then country and check digits, a letter as two digits from 10 on, modulo 97. */
    private static int remainder(byte[] iban, int length) {
        return (int) (remainder(remainder(0, iban, HEAD, length), iban, 0, HEAD) % 97);
    }

    private static long remainder(long before, byte[] iban, int from, int to) {
        long remainder = before;
        int at = from;
        for (; at + Digits.AT_ONCE <= to; at += Digits.AT_ONCE) {
            long eight = Digits.eight(iban, at);
            if (eight < 0) {
                break;
            }
            remainder = remainder % 97 * Digits.EIGHT + eight;
        }
        for (; at < to; at++) {
            byte c = iban[at];
            remainder = digit(c) ? remainder * 10 + c - '0' : remainder * 100 + c - 'A' + 10;
            if (remainder > LARGE) {
                remainder %= 97;
            }
        }
        return remainder;
    }

    private static void write(Value value, byte[] iban, Output output) {
        byte[] bytes = value.bytes();
        int next = 0;
        int from = value.offset();
        int to = output.extend(value.length());
        byte[] written = output.bytes();
        for (int i = 0; i < value.length(); i++) {
            written[to + i] = bytes[from + i] == ' ' ? (byte) ' ' : iban[next++];
        }
    }
}
