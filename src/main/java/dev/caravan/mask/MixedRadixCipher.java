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
    /** By part: how many times its size is in 2^64; texts of one shape have the same ones. */
    private final long[] reciprocals = new long[3];

    private final long[] reciprocalsOf = new long[3];

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
        int part = 0;
        for (int step = 0; step < STEPS_PER_PART * parts; step++) {
            int next = part + 1 == parts ? 0 : part + 1;
            long others = numbers[next] ^ (long) tweak << TWEAK_SHIFT;
            if (parts == 3) {
                others = steps[step].of(others) ^ numbers[3 - part - next];
            }
            long added = modulo(steps[step].of(others), part);
            long sum = numbers[part] + added;
            numbers[part] = sum < sizes[part] ? sum : sum - sizes[part];
            part = next;
        }
        write(text, from, to, parts);
    }

    /** {@link Math#floorMod} by the part's size. The product with its reciprocal is the quotient, or one beside it, and takes a tenth of a division's time. */
    private long modulo(long hash, int part) {
        long size = sizes[part];
        if (reciprocalsOf[part] != size) {
            reciprocalsOf[part] = size;
            reciprocals[part] = Long.divideUnsigned(-1, size);
        }
        long rest = hash - Math.multiplyHigh(hash, reciprocals[part]) * size;
        if (rest < 0) {
            rest += size;
        } else if (rest >= size) {
            rest -= size;
        }
        return rest;
    }

    /** False when one of so many parts is too great a number. */
    private boolean read(byte[] text, int from, int to, int parts) {
        for (int part = 0; part < parts; part++) {
            long number = 0;
            long size = 1;
            int end = start(from, to, part + 1, parts);
            for (int at = start(from, to, part, parts); at < end; at++) {
                // Each radix by itself, so that it is a constant to the compiler: dividing by a variable takes ten
                // times as long.
                byte c = text[at];
                if (c <= '9') {
                    if (size > MOST / DIGITS) {
                        return false;
                    }
                    number = number * DIGITS + c - '0';
                    size *= DIGITS;
                } else {
                    if (size > MOST / LETTERS) {
                        return false;
                    }
                    number = number * LETTERS + c - 'A';
                    size *= LETTERS;
                }
            }
            numbers[part] = number;
            sizes[part] = size;
        }
        return true;
    }

    private void write(byte[] text, int from, int to, int parts) {
        for (int part = 0; part < parts; part++) {
            long left = numbers[part];
            int begin = start(from, to, part, parts);
            for (int at = start(from, to, part + 1, parts) - 1; at >= begin; at--) {
                if (text[at] <= '9') {
                    text[at] = (byte) ('0' + left % DIGITS);
                    left /= DIGITS;
                } else {
                    text[at] = (byte) ('A' + left % LETTERS);
                    left /= LETTERS;
                }
            }
        }
    }

    private static int start(int from, int to, int part, int parts) {
        return from + (to - from) * part / parts;
    }
}
