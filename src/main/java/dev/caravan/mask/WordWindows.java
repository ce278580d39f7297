package dev.caravan.mask;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads a text as words and hashes every run of up to four of them, so that a value is found again wherever it stands in a text: alone, within a
 * sentence, between the quotes of JSON, as an element of an array. Letters of ASCII count in either case. Not thread-safe.
 */
public final class WordWindows {
    /** How many words a value may have to be looked for within texts. */
    static final int MOST_WORDS = 4;

    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private static final boolean[] SEPARATES = new boolean[256];

    static {
        for (int b = 0; b <= ' '; b++) {
            SEPARATES[b] = true;
        }
        for (char c : "\"'`(){}[]<>,;|=:\\".toCharArray()) {
            SEPARATES[c] = true;
        }
    }

    /** Called for each run of words. */
    public interface Window {
        /** Whether a run of such a shape is to be hashed. */
        default boolean wants(int words, int bytes) {
            return true;
        }

        /**
         * @param hash the run's keyed hash
         * @param words how many words it has
         * @param bytes how many bytes they have together, the spaces between them counted
         * @param whole whether it is all there is
         */
        void at(long hash, int words, int bytes, boolean whole);
    }

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long key;
    private final long otherKey;
    // The last words, each in the place of its number modulo four.
    private final int[] starts = new int[MOST_WORDS];
    private final int[] lengths = new int[MOST_WORDS];
    private final long[] hashes = new long[MOST_WORDS];
    private final boolean[] hashed = new boolean[MOST_WORDS];

    /** Two random numbers, without which nobody can say which word has which hash. */
    WordWindows(long key, long otherKey) {
        this.key = key;
        this.otherKey = otherKey | 1;
    }

    /**
     * @param escaped whether a backslash hides the byte after it, as in COPY's text form
     */
    public void read(byte[] text, int offset, int length, boolean escaped, Window window) {
        int count = 0;
        int at = offset;
        int end = offset + length;
        while (at < end) {
            while (at < end && SEPARATES[text[at] & 0xFF]) {
                at += escaped && text[at] == '\\' ? 2 : 1;
            }
            int from = at;
            while (at < end && !SEPARATES[text[at] & 0xFF]) {
                at++;
            }
            int last = at;
            while (last > from && punctuation(text[last - 1])) {
                last--;
            }
            while (from < last && punctuation(text[from])) {
                from++;
            }
            if (from < last) {
                int place = count % MOST_WORDS;
                starts[place] = from;
                lengths[place] = last - from;
                hashed[place] = false;
                count++;
                int bytes = -1;
                for (int words = 1; words <= Math.min(count, MOST_WORDS); words++) {
                    bytes += lengths[(count - words) % MOST_WORDS] + 1;
                    if (window.wants(words, bytes)) {
                        window.at(
                                hash(text, words, count),
                                words,
                                bytes,
                                words == count && !more(text, at, end, escaped));
                    }
                }
            }
        }
    }

    /** Of a run that ends with the last word read, from its last word to its first. */
    private long hash(byte[] text, int words, int count) {
        long run = 0;
        for (int i = 1; i <= words; i++) {
            int place = (count - i) % MOST_WORDS;
            if (!hashed[place]) {
                hashes[place] = hashOf(text, starts[place], lengths[place]);
                hashed[place] = true;
            }
            run = (run ^ hashes[place]) * PRIME;
            run ^= run >>> 29;
        }
        return run;
    }

    private static boolean more(byte[] text, int from, int end, boolean escaped) {
        for (int at = from; at < end; at++) {
            if (escaped && text[at] == '\\') {
                at++;
            } else if (!SEPARATES[text[at] & 0xFF] && !punctuation(text[at])) {
                return true;
            }
        }
        return false;
    }

    private static boolean punctuation(byte b) {
        return b == '.' || b == '!' || b == '?' || b == '-' || b == '*' || b == '/';
    }

    /**
     * Of a word in lower case: eight bytes a step, each mixed in by both halves of a product, as wyhash does (Wang Yi). The hash stays in memory and is
     * never shown, so that it need not withstand more than chance.
     */
    private long hashOf(byte[] text, int offset, int length) {
        long hash = key + length;
        int at = offset;
        for (int left = length; left > 0; left -= Long.BYTES) {
            hash = mixed(hash ^ lower(left >= Long.BYTES ? (long) EIGHT.get(text, at) : rest(text, at, left)));
            at += Long.BYTES;
        }
        return mixed(hash ^ key);
    }

    private long mixed(long word) {
        return word * otherKey ^ Math.multiplyHigh(word, otherKey);
    }

    private static long rest(byte[] text, int at, int count) {
        if (at + Long.BYTES <= text.length) {
            return (long) EIGHT.get(text, at) & (1L << 8 * count) - 1;
        }
        long rest = 0;
        for (int i = count - 1; i >= 0; i--) {
            rest = rest << 8 | text[at + i] & 0xFF;
        }
        return rest;
    }

    /** Eight bytes with the letters of ASCII in lower case: 0x20 is added where a byte without its highest bit is from A to Z. */
    private static long lower(long bytes) {
        long seven = bytes & 0x7f7f7f7f7f7f7f7fL;
        long fromA = seven + 0x3f3f3f3f3f3f3f3fL;
        long beyondZ = seven + 0x2525252525252525L;
        return bytes | ((fromA & ~beyondZ & ~bytes & 0x8080808080808080L) >>> 2);
    }
}
