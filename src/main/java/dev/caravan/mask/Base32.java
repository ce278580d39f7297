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
        for (int i = 0; i < characters; i++) {
            output.append((char) ALPHABET[(int) (hash >>> 5 * i) & 31]);
        }
    }

    /** @param characters at most eight for each five bytes */
    static void append(byte[] digest, int characters, Output output) {
        for (int i = 0; i < characters; i++) {
            int bit = 5 * i;
            int pair = (digest[bit >>> 3] & 0xFF) << 8
                    | ((bit >>> 3) + 1 < digest.length ? digest[(bit >>> 3) + 1] & 0xFF : 0);
            output.append((char) ALPHABET[pair >>> 11 - (bit & 7) & 31]);
        }
    }
}
