package dev.caravan.mask;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC-SHA256 under one derived key (RFC 2104). Both digests have the key behind them already and are copied for each value: half the work of keying
 * them anew. Columns and documents repeat their values: the last ones are remembered. Not thread-safe.
 */
public final class Hmac {
    private static final int BLOCK_BYTES = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private static final int REMEMBERED_BITS = 10;
    private static final int REMEMBERED = 1 << REMEMBERED_BITS;
    /** Odd numbers whose bits are spread: those of the golden ratio and of the square root of three. */
    private static final long FIRST = 0x9E3779B97F4A7C15L;

    private static final long LAST = 0xBB67AE8584CAA73BL;

    private static final int LONGEST_REMEMBERED = 64;

    private final byte[][] values = new byte[REMEMBERED][];
    private final byte[][] results = new byte[REMEMBERED][];
    private final MessageDigest inner;
    private final MessageDigest outer;

    /** @param key at most 64 bytes */
    Hmac(byte[] key) {
        inner = keyed(key, INNER);
        outer = keyed(key, OUTER);
    }

    private static MessageDigest keyed(byte[] key, byte pad) {
        byte[] block = new byte[BLOCK_BYTES];
        System.arraycopy(key, 0, block, 0, key.length);
        for (int i = 0; i < block.length; i++) {
            block[i] ^= pad;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(block);
            return digest;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** 32 bytes that depend on the value as its type's equality sees it; they are not to be written to. */
    public byte[] of(Value value) {
        if (!value.isCanonical() || value.length() > LONGEST_REMEMBERED) {
            return made(value);
        }
        byte[] bytes = value.bytes();
        int from = value.offset();
        int to = from + value.length();
        int place = place(bytes, from, to);
        byte[] known = values[place];
        if (known == null || known.length != to - from || !Bytes.same(known, 0, bytes, from, known.length)) {
            results[place] = made(value);
            values[place] = Arrays.copyOfRange(bytes, from, to);
        }
        return results[place];
    }

    /** Any place will do that differs for most values: two stretches of eight bytes, mixed. */
    private static int place(byte[] bytes, int from, int to) {
        long mixed = to - from;
        if (to - from >= Long.BYTES) {
            mixed += Bytes.longAt(bytes, from) * FIRST ^ Bytes.longAt(bytes, to - Long.BYTES) * LAST;
        } else {
            for (int i = from; i < to; i++) {
                mixed = 31 * mixed + bytes[i];
            }
        }
        mixed *= FIRST;
        return (int) (mixed >>> Long.SIZE - REMEMBERED_BITS);
    }

    private byte[] made(Value value) {
        MessageDigest message = copy(inner);
        value.canonical(message);
        MessageDigest result = copy(outer);
        result.update(message.digest());
        return result.digest();
    }

    private static MessageDigest copy(MessageDigest keyed) {
        try {
            return (MessageDigest) keyed.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("a SHA-256 of Java's can be copied", e);
        }
    }
}
