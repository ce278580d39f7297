package dev.caravan.mask;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads a text as words and hashes every run of up to four of them, so that a value is found again wherever it stands in a text: alone, within a
 * sentence, between the quotes of JSON, as an element of an array. Letters of ASCII count in either case. Not thread-safe.
 */
final class WordWindows {
    /** How many words a value may have to be looked for within texts; a power of two. */
    private static final int MOST_WORDS = 4;

    private static final long PRIME = 0x9E3779B97F4A7C15L;
    /** As many bytes and more are one shape. */
    private static final int LENGTHS = 256;

    private static final byte WORD = 0;
    private static final byte SEPARATOR = 1;
    /** Part of a word within it, none at its ends. */
    private static final byte PUNCTUATION = 2;

    private static final byte[] KINDS = new byte[256];

    static {
        for (int b = 0; b <= ' '; b++) {
            KINDS[b] = SEPARATOR;
        }
        for (char c : "\"'`(){}[]<>,;|=:\\".toCharArray()) {
            KINDS[c] = SEPARATOR;
        }
        for (char c : ".!?-*/".toCharArray()) {
            KINDS[c] = PUNCTUATION;
        }
    }

    /** Called for each run of words that is asked for. */
    @FunctionalInterface
    interface Run {
        /** @param hash its keyed hash */
        void at(long hash);
    }

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long key;
    private final long otherKey;
    private boolean[] wanted = {};
    /** The most words of any shape that is wanted. */
    private int mostWanted;

    // The last words, each in the place of its number modulo four.
    private final int[] starts = new int[MOST_WORDS];
    private final int[] lengths = new int[MOST_WORDS];
    // Where the next word is looked for.
    private int at;
    private int count;

    /** Two random numbers, without which nobody can say which word has which hash. */
    WordWindows(long key, long otherKey) {
        this.key = key;
        this.otherKey = otherKey | 1;
    }

    /** Leaves out runs of any other shape: hardly any has the shape of what is looked for, and need not be hashed. @param shapes by shape, whether it is wanted */
    WordWindows only(boolean[] shapes) {
        wanted = shapes.clone();
        mostWanted = 0;
        for (int shape = 0; shape < wanted.length; shape++) {
            if (wanted[shape]) {
                mostWanted = shape / LENGTHS + 1;
            }
        }
        return this;
    }

    /** How many shapes there are: a number of words, and of bytes. */
    static int shapes() {
        return MOST_WORDS * LENGTHS;
    }

    /** @param bytes of all words together, with one between two of them */
    static int shape(int words, int bytes) {
        return (words - 1) * LENGTHS + Math.min(bytes, LENGTHS - 1);
    }

    /** How many bytes a shape has, 255 for all that are longer. */
    static int bytes(int shape) {
        return shape % LENGTHS;
    }

    /**
     * Reads a text that is one run as a whole.
     *
     * @param shortest how many bytes it must have at least
     * @param asWhole gets its shape and its hash
     * @return whether it was one of so many bytes and not too many words
     */
    boolean whole(byte[] text, int offset, int length, int shortest, LongByShape asWhole) {
        begin(offset);
        while (count <= MOST_WORDS && word(text, offset + length, false)) {
            // The next one.
        }
        if (count == 0 || count > MOST_WORDS) {
            return false;
        }
        int bytes = count - 1;
        for (int i = 0; i < count; i++) {
            bytes += lengths[i];
        }
        if (bytes < shortest) {
            return false;
        }
        asWhole.take(shape(count, bytes), hash(text, count));
        return true;
    }

    /** Takes a shape and the hash of a run that has it. */
    @FunctionalInterface
    interface LongByShape {
        void take(int shape, long hash);
    }

    /**
     * Reads every run of a text that has one of the shapes of {@link #only}.
     *
     * @param escaped whether a backslash hides the byte after it, as in COPY's text form
     */
    void runs(byte[] text, int offset, int length, boolean escaped, Run run) {
        begin(offset);
        int end = offset + length;
        // How long the words before are: of nearly all runs the lengths alone tell that they are not wanted.
        int before = 0;
        int second = 0;
        int third = 0;
        while (word(text, end, escaped)) {
            int words = Math.min(count, mostWanted);
            int own = lengths[count - 1 & MOST_WORDS - 1];
            int bytes = own;
            look(text, 1, bytes, run);
            if (words > 1) {
                bytes += 1 + before;
                look(text, 2, bytes, run);
                if (words > 2) {
                    bytes += 1 + second;
                    look(text, 3, bytes, run);
                    if (words > 3) {
                        look(text, MOST_WORDS, bytes + 1 + third, run);
                    }
                }
            }
            third = second;
            second = before;
            before = own;
        }
    }

    private void look(byte[] text, int words, int bytes, Run run) {
        if (wanted[shape(words, bytes)]) {
            run.at(hash(text, words));
        }
    }

    private void begin(int offset) {
        at = offset;
        count = 0;
    }

    /** Finds the next word. */
    private boolean word(byte[] text, int end, boolean escaped) {
        int i = at;
        while (i < end && KINDS[text[i] & 0xFF] != WORD) {
            i += escaped && text[i] == '\\' ? 2 : 1;
        }
        if (i >= end) {
            return false;
        }
        int from = i++;
        int last = i;
        while (i < end) {
            byte kind = KINDS[text[i] & 0xFF];
            if (kind == SEPARATOR) {
                break;
            }
            i++;
            if (kind == WORD) {
                last = i;
            }
        }
        at = i;
        int place = count++ & MOST_WORDS - 1;
        starts[place] = from;
        lengths[place] = last - from;
        return true;
    }

    /** The hash of the run of the last so many words, each of them joined to those behind it. */
    private long hash(byte[] text, int words) {
        long run = 0;
        for (int word = 1; word <= words; word++) {
            int place = count - word & MOST_WORDS - 1;
            long next = (run ^ hashOf(text, starts[place], lengths[place])) * PRIME;
            run = next ^ next >>> 29;
        }
        return run;
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
