package dev.caravan.mask;

/** Writes what JSON is made of. Stateless. */
final class JsonText {
    private static final byte[] LOWER = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    /** For each byte below a blank: the letter of its escape, or 0. */
    private static final byte[] SHORT = new byte[' '];

    private static final boolean[] PLAIN = new boolean[256];

    static {
        for (int b = ' '; b < PLAIN.length; b++) {
            PLAIN[b] = b != '"' && b != '\\';
        }
        SHORT['\b'] = 'b';
        SHORT['\t'] = 't';
        SHORT['\n'] = 'n';
        SHORT['\f'] = 'f';
        SHORT['\r'] = 'r';
    }

    private JsonText() {}

    static void putNull(Output into) {
        into.append(NULL);
    }

    static void putBoolean(boolean truth, Output into) {
        into.append(truth ? TRUE : FALSE);
    }

    /** A text with its quotes, escaped where it must be. */
    static void putText(byte[] bytes, int length, Output into) {
        int plain = plain(bytes, length);
        if (plain == length) {
            int at = into.extend(length + 2);
            byte[] out = into.bytes();
            out[at] = '"';
            System.arraycopy(bytes, 0, out, at + 1, length);
            out[at + 1 + length] = '"';
            return;
        }
        into.append('"');
        int copied = 0;
        for (int i = plain; i < length; i++) {
            byte b = bytes[i];
            if (plain(b)) {
                continue;
            }
            into.append(bytes, copied, i - copied);
            copied = i + 1;
            into.append('\\');
            if (b >= ' ') {
                into.append((char) b);
            } else if (SHORT[b] != 0) {
                into.append((char) SHORT[b]);
            } else {
                into.append('u').append('0').append('0');
                into.append((char) LOWER[b >> 4]).append((char) LOWER[b & 15]);
            }
        }
        into.append(bytes, copied, length - copied);
        into.append('"');
    }

    /** How many bytes at the beginning need no escape. */
    private static int plain(byte[] bytes, int length) {
        int i = 0;
        while (i < length && plain(bytes[i])) {
            i++;
        }
        return i;
    }

    /** Whether a byte stands for itself in a text. */
    static boolean plain(byte b) {
        return PLAIN[b & 0xFF];
    }

    /** A hash as sixteen hexadecimal digits. */
    static void putHash(long hash, Output into) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            into.append((char) LOWER[(int) (hash >>> shift) & 15]);
        }
    }
}
