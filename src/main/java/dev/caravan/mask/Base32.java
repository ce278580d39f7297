package dev.caravan.mask;

/** Five bits a character, in lower case, so that a text without case stays as different as it was. */
final class Base32 {
    /** 80 bits: among ten million values two are the same once in ten thousand million copies. */
    static final int UNIQUE_CHARACTERS = 16;

    private static final byte[] ALPHABET = {
        'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
        'w', 'x', 'y', 'z', '2', '3', '4', '5', '6', '7'
    };

    private Base32() {}

    /** @param characters at most 12 */
    static void append(long hash, int characters, Output output) {
        int at = output.extend(characters);
        byte[] bytes = output.bytes();
        long left = hash;
        for (int end = at + characters; at < end; at++) {
            bytes[at] = ALPHABET[(int) left & 31];
            left >>>= 5;
        }
    }

    /** @param characters at most eight for each five bytes */
    static void append(byte[] digest, int characters, Output output) {
        int at = output.extend(characters);
        byte[] bytes = output.bytes();
        int end = at + characters;
        for (int next = 0; at < end; next += 5) {
            long five = five(digest, next);
            for (int shift = 35; shift >= 0 && at < end; shift -= 5) {
                bytes[at++] = ALPHABET[(int) (five >>> shift) & 31];
            }
        }
    }

    /** Five bytes, the first one highest; zeros behind the last one. */
    private static long five(byte[] digest, int at) {
        if (at + Long.BYTES <= digest.length) {
            return Bytes.longAt(digest, at) >>> 24;
        }
        long five = 0;
        for (int i = at; i < at + 5; i++) {
            five = five << 8 | (i < digest.length ? digest[i] & 0xFF : 0);
        }
        return five;
    }
}
