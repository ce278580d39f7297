package dev.caravan.mask;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Some source values of masked columns, as keyed hashes, to be looked for in every row: texts of at least eight bytes that are rare in their column
 * and no common word. The key is random and forgotten with the job. Memory is bounded: 11 bytes a slot and half a megabyte, at most 24 MB. Gathered by
 * one thread; thread-safe once that is done.
 */
public final class SourceValues {
    /** The most values of one column. */
    public static final int MOST_PER_COLUMN = 65_536;

    private static final int SHORTEST = 8;
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
     * @param array whether each of its values is an array of texts
     */
    public record Source(String name, boolean mayReuse, boolean array) {}

    /** Told of each value that was found again. */
    interface Found {
        void in(Source source);
    }

    private final List<Source> sources;
    private final long key;
    private final long otherKey;
    /** A bit for each value's hash: small enough for a processor's cache, and clear for nearly everything that is looked for. */
    private final long[] marks = new long[1 << 16];

    /** By words and bytes, whether there is such a value: hardly any text has the shape of one, and need not be hashed. */
    private final boolean[] shapes = new boolean[WordWindows.shapes()];

    private final long[] keys;
    private final short[] owners;
    private final byte[] counts;
    private final int[] sizes;
    /** By column, the number of its table. */
    private final int[] tables;

    private final int mostPerColumn;
    private int shortest = Integer.MAX_VALUE;

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
        Map<String, Integer> numbers = new HashMap<>();
        tables = sources.stream()
                .mapToInt(source -> numbers.computeIfAbsent(table(source), unused -> numbers.size()))
                .toArray();
        mostPerColumn = sources.isEmpty() ? 0 : Math.min(MOST_PER_COLUMN, slots / 2 / sources.size());
    }

    private static String table(Source source) {
        return source.name().substring(0, Math.max(0, source.name().lastIndexOf('.')));
    }

    public List<Source> sources() {
        return sources;
    }

    /** What hashes texts to be compared with these values. */
    WordWindows windows() {
        return new WordWindows(key, otherKey);
    }

    /** Gathers one column's values; null when none of its values are wanted. Not thread-safe. */
    public Gatherer gatherer(String source) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).name().equals(source)) {
                return new Gatherer(i);
            }
        }
        return null;
    }

    /** Gathers values until there are enough. */
    public final class Gatherer {
        private final int owner;
        private final WordWindows windows = windows();
        /** A bit for each byte that occurs. */
        private final long[] different = new long[4];

        /** What an array would become, which nobody needs. */
        private final Bytes elsewhere = new Bytes(256);

        private Gatherer(int owner) {
            this.owner = owner;
        }

        /** @param printed a value in UTF-8, as PostgreSQL prints it */
        public void seen(byte[] printed) {
            if (!sources.get(owner).array()) {
                seen(printed, 0, printed.length);
                return;
            }
            ArrayCodec.printed(
                    printed,
                    0,
                    printed.length,
                    (bytes, offset, length, into) -> {
                        seen(bytes, offset, length);
                        return false;
                    },
                    elsewhere);
            elsewhere.clear();
        }

        private void seen(byte[] bytes, int offset, int length) {
            if (!enough() && length >= SHORTEST && telling(bytes, offset, length)) {
                windows.whole(bytes, offset, length, SHORTEST, this::add);
            }
        }

        /** Whether no more are wanted. */
        public boolean enough() {
            return sizes[owner] >= mostPerColumn;
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

        private void add(int shape, long value) {
            int slot = slot(value);
            if (keys[slot] == 0) {
                keys[slot] = value;
                shapes[shape] = true;
                shortest = Math.min(shortest, WordWindows.bytes(shape));
                marks[(int) (value >>> 48)] |= 1L << (value >>> 42);
                owners[slot] = (short) owner;
                counts[slot] = 1;
                sizes[owner]++;
            } else if (owners[slot] == owner) {
                counts[slot] += counts[slot] < Byte.MAX_VALUE ? 1 : 0;
            } else if (counts[slot] > RARE && tables[owners[slot]] != tables[owner]) {
                // Common where it was first seen, as the column of a key is: it may be rare in this one.
                owners[slot] = (short) owner;
                counts[slot] = 1;
            }
        }
    }

    /** How many values there are to look for. */
    public int size() {
        return Arrays.stream(sizes).sum();
    }

    /** By {@link WordWindows#shape}: whether any value has it. */
    boolean[] shapes() {
        return shapes;
    }

    /** The fewest bytes of UTF-8 that any value has: a shorter text holds none. */
    public int shortest() {
        return shortest;
    }

    /**
     * Looks for one run of words.
     *
     * @param kept whether it stands where nothing was masked
     */
    void look(long window, boolean kept, Found found) {
        if ((marks[(int) (window >>> 48)] & 1L << (window >>> 42)) == 0) {
            return;
        }
        int slot = slot(window);
        if (keys[slot] == 0 || counts[slot] > RARE) {
            return;
        }
        Source source = sources.get(owners[slot] & 0xFFFF);
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
