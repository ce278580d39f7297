package dev.caravan.mask;

/**
 * A keyed permutation of the numbers from 0 to {@code last} that moves every one of them: {@code x} becomes the one whose cipher follows
 * the cipher of {@code x}. The cipher is an alternating Feistel network with {@link KeyedHash} as its round function; what falls beyond
 * {@code last} is enciphered again (cycle walking, Black and Rogaway 2002), less than once on average. Thread-safe.
 */
public final class Permutation {
    private static final int ROUNDS = 6;
    /** Few bits mix slowly. */
    private static final int ROUNDS_WHEN_SMALL = 10;

    private static final int SMALL_BITS = 24;
    private static final int ROUND_SHIFT = 58;

    private final KeyedHash hash;
    private final long last;
    private final long tweak;
    private final int rounds;
    private final int rightBits;
    private final long leftMask;
    private final long rightMask;

    /**
     * @param last the greatest number: at least 1
     * @param tweak another number gives another permutation under the same key
     */
    public Permutation(KeyedHash hash, long last, long tweak) {
        if (last < 1) {
            throw new IllegalArgumentException("a permutation that moves everything has at least two members");
        }
        this.hash = hash;
        this.last = last;
        int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(last));
        this.tweak = tweak ^ (long) bits << 50;
        rounds = bits < SMALL_BITS ? ROUNDS_WHEN_SMALL : ROUNDS;
        rightBits = (bits + 1) / 2;
        rightMask = (1L << rightBits) - 1;
        leftMask = (1L << bits - rightBits) - 1;
    }

    /** The number that takes the place of {@code x}, from 0 to {@code last}: another one. */
    public long of(long x) {
        long enciphered = encipher(x);
        return decipher(enciphered == last ? 0 : enciphered + 1);
    }

    private long encipher(long x) {
        long at = x;
        do {
            long left = at >>> rightBits;
            long right = at & rightMask;
            for (int round = 0; round < rounds; round += 2) {
                left ^= round(round, right) & leftMask;
                right ^= round(round + 1, left) & rightMask;
            }
            at = left << rightBits | right;
        } while (at > last);
        return at;
    }

    private long decipher(long x) {
        long at = x;
        do {
            long left = at >>> rightBits;
            long right = at & rightMask;
            for (int round = rounds - 2; round >= 0; round -= 2) {
                right ^= round(round + 1, left) & rightMask;
                left ^= round(round, right) & leftMask;
            }
            at = left << rightBits | right;
        } while (at > last);
        return at;
    }

    private long round(int round, long half) {
        return hash.of(((long) round << ROUND_SHIFT | half) ^ tweak);
    }
}
