package dev.caravan.mask;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Some source values of masked columns, as keyed hashes, to be looked for in the copy: texts of at least eight bytes that are rare in their column
 * and no common word. The key is random and forgotten with the job. Memory is bounded: 11 bytes a slot and half a megabyte, at most 24 MB. Thread-safe.
 */
public final class SourceValues {
    /** The most values of one column. */
    static final int MOST_PER_COLUMN = 65_536;

    private static final int SHORTEST = 8;
    /** As many bytes and more are one shape. */
    private static final int SHAPES = 256;

    private static final int LEAST_DIFFERENT = 5;
    private static final int MOST_SLOTS = 1 << 21;
    /** What occurs more often is nobody's own. */
    private static final int RARE = 3;

    /**
     * A column whose values are gathered.
     *
     * @param name schema, table and column
     * @param mayReuse whether its masker may give one value's output to another by design, as a dictionary does: then its values are looked for
     *     only where nothing was masked
     */
    public record Source(String name, boolean mayReuse) {}

    /** Told of each value that was found again. */
    public interface Found {
        void in(Source source);
    }

    private final List<Source> sources;
    private final long key;
    private final long otherKey;
    /** A bit for each value's hash: small enough for a processor's cache, and clear for nearly everything that is looked for. */
    private final long[] marks = new long[1 << 16];

    /** By words and bytes, whether there is such a value: hardly any text has the shape of one, and need not be hashed. */
    private final boolean[] shapes = new boolean[WordWindows.MOST_WORDS * SHAPES];

    private final long[] keys;
    private final short[] owners;
    private final byte[] counts;
    private final int[] sizes;
    private final int mostPerColumn;
    private volatile boolean full;

    public SourceValues(List<Source> sources) {
        this.sources = List.copyOf(sources);
        SecureRandom random = new SecureRandom();
        key = random.nextLong();
        otherKey = random.nextLong();
        int wanted = Integer.highestOneBit(Math.max(1, sources.size()) * MOST_PER_COLUMN) * 4;
        int slots = sources.isEmpty() ? 1 : Math.min(MOST_SLOTS, wanted <= 0 ? MOST_SLOTS : wanted);
        keys = new long[slots];
        owners = new short[slots];
        counts = new byte[slots];
        sizes = new int[sources.size()];
        mostPerColumn = sources.isEmpty() ? 0 : Math.min(MOST_PER_COLUMN, slots / 2 / sources.size());
        full = sources.isEmpty();
    }

    public List<Source> sources() {
        return sources;
    }

    /** What hashes texts to be compared with these values. */
    public WordWindows windows() {
        return new WordWindows(key, otherKey);
    }

    /** Gathers one column's values; one per part, since it is not thread-safe. */
    Gatherer gatherer(String source) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).name().equals(source)) {
                return new Gatherer(i);
            }
        }
        return null;
    }

    /** Gathers values until there are enough. */
    final class Gatherer implements WordWindows.Window {
        private final int owner;
        private final WordWindows windows = windows();
        /** A bit for each byte that occurs. */
        private final long[] different = new long[4];

        private Gatherer(int owner) {
            this.owner = owner;
        }

        void seen(byte[] bytes, int offset, int length) {
            if (!full && sizes[owner] < mostPerColumn && length >= SHORTEST && telling(bytes, offset, length)) {
                windows.read(bytes, offset, length, false, this);
            }
        }

        @Override
        public boolean wants(int words, int size) {
            return size >= SHORTEST;
        }

        @Override
        public void at(long window, int words, int size, boolean whole) {
            if (whole && !common(window)) {
                add(window, shape(words, size));
            }
        }

        /** A word of a language alone says nothing of anybody: a digit, an @ or a second word makes a value somebody's. */
        private boolean telling(byte[] bytes, int offset, int length) {
            Arrays.fill(different, 0);
            boolean telling = false;
            for (int i = offset; i < offset + length; i++) {
                int b = bytes[i] & 0xFF;
                different[b >>> 6] |= 1L << b;
                telling |= b == '@' || b == ' ' || b >= '0' && b <= '9';
            }
            int count = 0;
            for (long bits : different) {
                count += Long.bitCount(bits);
            }
            return telling && count >= LEAST_DIFFERENT;
        }

        /** Whether it was seen so often that seeing it again changes nothing; without the lock, since it may as well be counted. */
        private boolean common(long value) {
            int slot = slot(value);
            return keys[slot] == value && counts[slot] > RARE;
        }

        private void add(long value, int shape) {
            synchronized (SourceValues.this) {
                int slot = slot(value);
                if (keys[slot] == 0) {
                    keys[slot] = value;
                    shapes[shape] = true;
                    marks[(int) (value >>> 48)] |= 1L << (value >>> 42);
                    owners[slot] = (short) owner;
                    counts[slot] = 1;
                    sizes[owner]++;
                } else if (counts[slot] < Byte.MAX_VALUE) {
                    counts[slot]++;
                }
            }
        }
    }

    /** How many values there are to look for. */
    public synchronized int size() {
        return Arrays.stream(sizes).sum();
    }

    /** No more are gathered: from here on they are looked for. */
    public void close() {
        full = true;
    }

    /** Whether any value has so many words and bytes. */
    public boolean anyLike(int words, int bytes) {
        return shapes[shape(words, bytes)];
    }

    /** The fewest bytes of UTF-8 that any value has: a shorter text holds none. */
    public int shortest() {
        int bytes = 0;
        while (bytes < SHAPES - 1 && !anyOf(bytes)) {
            bytes++;
        }
        return bytes;
    }

    private boolean anyOf(int bytes) {
        for (int words = 1; words <= WordWindows.MOST_WORDS; words++) {
            if (anyLike(words, bytes)) {
                return true;
            }
        }
        return false;
    }

    private static int shape(int words, int bytes) {
        return (words - 1) * SHAPES + Math.min(bytes, SHAPES - 1);
    }

    /**
     * Looks for one run of words.
     *
     * @param kept whether it stands where nothing was masked
     */
    public void look(long window, boolean kept, Found found) {
        if ((marks[(int) (window >>> 48)] & 1L << (window >>> 42)) == 0) {
            return;
        }
        int slot = slot(window);
        if (keys[slot] == 0 || counts[slot] > RARE) {
            return;
        }
        Source source = sources.get(owners[slot]);
        if (kept || !source.mayReuse()) {
            found.in(source);
        }
    }

    private int slot(long value) {
        int mask = keys.length - 1;
        int slot = (int) (value ^ value >>> 32) & mask;
        while (keys[slot] != 0 && keys[slot] != value) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
