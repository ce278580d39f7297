package dev.caravan.mask;

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
        /**
         * @param hash the run's keyed hash
         * @param words how many words it has
         * @param bytes how many bytes they have together, the spaces between them counted
         * @param whole whether it is all there is
         */
        void at(long hash, int words, int bytes, boolean whole);
    }

    private final KeyedHash hash;
    private final long[] words = new long[MOST_WORDS];
    private final int[] lengths = new int[MOST_WORDS];
    private byte[] word = new byte[64];

    public WordWindows(KeyedHash hash) {
        this.hash = hash;
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
                push(hashOf(text, from, last - from), last - from);
                count++;
                boolean rest = at < end && more(text, at, end, escaped);
                windows(Math.min(count, MOST_WORDS), count, !rest, window);
            }
        }
    }

    /** Runs that end with the last word read. */
    private void windows(int depth, int count, boolean last, Window window) {
        long run = 0;
        int bytes = -1;
        // From the newest word backwards: each run is hashed from its last word to its first.
        for (int i = 0; i < depth; i++) {
            run = (run ^ words[MOST_WORDS - 1 - i]) * PRIME;
            run ^= run >>> 29;
            bytes += lengths[MOST_WORDS - 1 - i] + 1;
            window.at(run, i + 1, bytes, last && i + 1 == count);
        }
    }

    private void push(long value, int length) {
        System.arraycopy(words, 1, words, 0, MOST_WORDS - 1);
        System.arraycopy(lengths, 1, lengths, 0, MOST_WORDS - 1);
        words[MOST_WORDS - 1] = value;
        lengths[MOST_WORDS - 1] = length;
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

    private long hashOf(byte[] text, int offset, int length) {
        if (word.length < length) {
            word = new byte[length * 2];
        }
        for (int i = 0; i < length; i++) {
            byte b = text[offset + i];
            word[i] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
        }
        return hash.of(word, 0, length);
    }
}
