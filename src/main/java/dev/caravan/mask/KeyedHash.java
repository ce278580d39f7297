package dev.caravan.mask;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed 64-bit hash whose values nobody without the key can foretell, at some 20 ns. It
 * chooses; where the hash itself is shown, {@link MaskedColumn#hmac()} makes it. Thread-safe.
 */
public final class KeyedHash {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long k0;
    private final long k1;

    /** @param key at least 16 bytes, of which the first 16 count */
    public KeyedHash(byte[] key) {
        ByteBuffer words = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        k0 = words.getLong();
        k1 = words.getLong();
    }

    /** The hash of eight bytes, the lowest first. */
    public long of(long word) {
        long v0 = k0 ^ 0x736f6d6570736575L;
        long v1 = k1 ^ 0x646f72616e646f6dL;
        long v2 = k0 ^ 0x6c7967656e657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        return finish(v0, v1, v2, v3, word, 8L << 56);
    }

    private static long finish(long a, long b, long c, long d, long word, long last) {
        long v0 = a;
        long v1 = b;
        long v2 = c;
        long v3 = d;
        long m = word;
        for (int block = 0; block < 2; block++) {
            v3 ^= m;
            for (int round = 0; round < 2; round++) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v1;
                v0 += v3;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= m;
            m = last;
        }
        return finalized(v0, v1, v2, v3);
    }

    private static long finalized(long a, long b, long c, long d) {
        long v0 = a;
        long v1 = b;
        long v2 = c ^ 0xff;
        long v3 = d;
        for (int round = 0; round < 4; round++) {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    public long of(byte[] bytes, int offset, int length) {
        long v0 = k0 ^ 0x736f6d6570736575L;
        long v1 = k1 ^ 0x646f72616e646f6dL;
        long v2 = k0 ^ 0x6c7967656e657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        int end = offset + (length & ~7);
        for (int at = offset; at <= end; at += 8) {
            long m;
            if (at < end) {
                m = (long) WORD.get(bytes, at);
            } else {
                m = rest(bytes, offset, length) | (long) length << 56;
            }
            v3 ^= m;
            for (int round = 0; round < 2; round++) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v1;
                v0 += v3;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= m;
        }
        return finalized(v0, v1, v2, v3);
    }

    /** What is left behind the last whole word: up to seven bytes, the first lowest. */
    private static long rest(byte[] bytes, int offset, int length) {
        int count = length & 7;
        if (count == 0) {
            return 0;
        }
        if (length > 8) {
            return (long) WORD.get(bytes, offset + length - 8) >>> 64 - 8 * count;
        }
        long rest = 0;
        for (int i = length - 1; i >= 0; i--) {
            rest = rest << 8 | bytes[offset + i] & 0xFF;
        }
        return rest;
    }

    /** A number from 0 up to and without {@code bound}, evenly spread: the upper half of the product with 32 bits of the hash. */
    public static int below(long hash, int bound) {
        return (int) ((hash >>> 32) * bound >>> 32);
    }
}
