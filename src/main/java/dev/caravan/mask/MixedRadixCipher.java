package dev.caravan.mask;

/**
 * Replaces digits by digits and capitals by capitals so that no two texts of one shape become the same: the text is cut into two or three
 * numbers, and an unbalanced Feistel network adds to each a keyed hash of the others, modulo what it can be. As fast as a hash of the
 * whole; {@link Ff1} is the cipher where speed is no matter. Not thread-safe.
 */
final class MixedRadixCipher {
    /** Three times each of at most three numbers. */
    private static final int MOST_STEPS = 9;

    private static final int STEPS_PER_PART = 3;
    /** Two numbers below it can be added. */
    private static final long MOST = 1L << 62;

    private static final int TWEAK_SHIFT = 48;
    private static final int DIGITS = 10;
    private static final int LETTERS = 26;

    private final KeyedHash[] steps = new KeyedHash[MOST_STEPS];
    private final long[] numbers = new long[3];
    private final long[] sizes = new long[3];

    MixedRadixCipher(MaskedColumn column) {
        for (int step = 0; step < MOST_STEPS; step++) {
            steps[step] = column.hash("mixed radix " + step);
        }
    }

    /**
     * Enciphers in place.
     *
     * @param text digits and letters from A to Z between {@code from} and {@code to}, at most 36 of them and at least two
     * @param tweak of 16 bits: another one gives another cipher
     */
    void encipher(byte[] text, int from, int to, int tweak) {
        int parts = read(text, from, to, 2) ? 2 : 3;
        if (parts == 3) {
            read(text, from, to, parts);
        }
        for (int step = 0; step < STEPS_PER_PART * parts; step++) {
            int part = step % parts;
            long others = numbers[(part + 1) % parts] ^ (long) tweak << TWEAK_SHIFT;
            if (parts == 3) {
                others = steps[step].of(others) ^ numbers[(part + 2) % parts];
            }
            long added = Math.floorMod(steps[step].of(others), sizes[part]);
            numbers[part] = (numbers[part] + added) % sizes[part];
        }
        write(text, from, to, parts);
    }

    /** False when one of so many parts is too great a number. */
    private boolean read(byte[] text, int from, int to, int parts) {
        for (int part = 0; part < parts; part++) {
            long number = 0;
            long size = 1;
            for (int at = start(from, to, part, parts); at < start(from, to, part + 1, parts); at++) {
                int radix = radix(text[at]);
                if (size > MOST / radix) {
                    return false;
                }
                number = number * radix + text[at] - zero(text[at]);
                size *= radix;
            }
            numbers[part] = number;
            sizes[part] = size;
        }
        return true;
    }

    private void write(byte[] text, int from, int to, int parts) {
        for (int part = 0; part < parts; part++) {
            long left = numbers[part];
            for (int at = start(from, to, part + 1, parts) - 1; at >= start(from, to, part, parts); at--) {
                int radix = radix(text[at]);
                text[at] = (byte) (zero(text[at]) + left % radix);
                left /= radix;
            }
        }
    }

    private static int start(int from, int to, int part, int parts) {
        return from + (to - from) * part / parts;
    }

    private static int radix(byte c) {
        return c <= '9' ? DIGITS : LETTERS;
    }

    private static int zero(byte c) {
        return c <= '9' ? '0' : 'A';
    }
}
