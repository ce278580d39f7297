package dev.caravan.mask;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Gives every UUID another one of the same version and variant, and no two the same. A text keeps how it is written: with or without
 * hyphens and braces, in capitals or not; a mixture of both is unreadable, since two spellings would become one.
 */
public final class UuidMasker implements Masker {
    private static final int ROUNDS = 6;
    private static final int HALF_BITS = 61;
    private static final long HALF_MASK = (1L << HALF_BITS) - 1;
    private static final long VERSION_MASK = 0xF000L;
    private static final long VARIANT_MASK = 3L << 62;
    private static final int DIGITS = 32;
    private static final int HYPHENATED = 36;

    @Override
    public String name() {
        return "uuid";
    }

    @Override
    public String description() {
        return "Another UUID of the same version, never the same for two.";
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.UUID, ValueKind.TEXT);
    }

    @Override
    public Uniqueness uniqueness(Settings settings) {
        return Uniqueness.BIJECTIVE;
    }

    @Override
    public boolean mayReuse() {
        return false;
    }

    @Override
    public Example example() {
        return new Example(Map.of(), "uuid", "6fa459ea-ee8a-4ca4-894e-db77e160355e");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        KeyedHash[] rounds = new KeyedHash[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            rounds[round] = column.hash("uuid " + round);
        }
        long[] halves = new long[2];
        if (column.kind() == ValueKind.UUID) {
            return (value, output) -> {
                permute(rounds, value.high(), value.low(), halves);
                output.uuid(halves[0], halves[1]);
            };
        }
        return (value, output) -> maskText(rounds, halves, value, output);
    }

    /** The 122 bits that are neither version nor variant, as two halves of 61, go through a Feistel network. */
    private static void permute(KeyedHash[] rounds, long high, long low, long[] into) {
        long left = ((high >>> 16 << 12 | high & 0xFFF) << 1 | low >>> HALF_BITS & 1) & HALF_MASK;
        long right = low & HALF_MASK;
        for (int round = 0; round < ROUNDS; round += 2) {
            left ^= rounds[round].of(right) & HALF_MASK;
            right ^= rounds[round + 1].of(left) & HALF_MASK;
        }
        long sixty = left >>> 1;
        into[0] = sixty >>> 12 << 16 | high & VERSION_MASK | sixty & 0xFFF;
        into[1] = low & VARIANT_MASK | (left & 1) << HALF_BITS | right;
    }

    private static void maskText(KeyedHash[] rounds, long[] halves, Value value, Output output) {
        byte[] bytes = value.bytes();
        int from = value.offset();
        int to = from + value.length();
        boolean braces = to - from > 2 && bytes[from] == '{' && bytes[to - 1] == '}';
        if (braces) {
            from++;
            to--;
        }
        boolean hyphens = to - from == HYPHENATED;
        if (!hyphens && to - from != DIGITS) {
            output.unreadable();
            return;
        }
        boolean capitals = false;
        boolean smalls = false;
        halves[0] = 0;
        halves[1] = 0;
        int digits = 0;
        for (int at = from; at < to; at++) {
            int digit = Character.digit(bytes[at], 16);
            if (hyphens && hyphenAt(at - from)) {
                digit = bytes[at] == '-' ? 0 : -1;
            } else {
                capitals |= bytes[at] >= 'A' && bytes[at] <= 'F';
                smalls |= bytes[at] >= 'a';
                int half = digits++ / 16;
                halves[half] = halves[half] << 4 | digit & 0xF;
            }
            if (digit < 0 || capitals && smalls) {
                output.unreadable();
                return;
            }
        }
        permute(rounds, halves[0], halves[1], halves);
        write(halves, braces, hyphens, capitals, output);
    }

    private static boolean hyphenAt(int index) {
        return index == 8 || index == 13 || index == 18 || index == 23;
    }

    private static void write(long[] halves, boolean braces, boolean hyphens, boolean capitals, Output output) {
        if (braces) {
            output.append('{');
        }
        int length = hyphens ? HYPHENATED : DIGITS;
        int digits = 0;
        for (int index = 0; index < length; index++) {
            if (hyphens && hyphenAt(index)) {
                output.append('-');
                continue;
            }
            char digit = Character.forDigit((int) (halves[digits / 16] >>> 60 - digits % 16 * 4 & 0xF), 16);
            output.append(capitals ? Character.toUpperCase(digit) : digit);
            digits++;
        }
        if (braces) {
            output.append('}');
        }
    }
}
