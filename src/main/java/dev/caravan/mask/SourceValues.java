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
    private final KeyedHash hash;
    /** A bit for each value's hash: small enough for a processor's cache, and clear for nearly everything that is looked for. */
    private final long[] marks = new long[1 << 16];

    private final long[] keys;
    private final short[] owners;
    private final byte[] counts;
    private final int[] sizes;
    private final int mostPerColumn;
    private volatile boolean full;

    public SourceValues(List<Source> sources) {
        this.sources = List.copyOf(sources);
        byte[] key = new byte[16];
        new SecureRandom().nextBytes(key);
        hash = new KeyedHash(key);
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
        return new WordWindows(hash);
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
    final class Gatherer {
        private final int owner;
        private final WordWindows windows = windows();

        private Gatherer(int owner) {
            this.owner = owner;
        }

        void seen(byte[] bytes, int offset, int length) {
            if (full || sizes[owner] >= mostPerColumn || length < SHORTEST || !telling(bytes, offset, length)) {
                return;
            }
            windows.read(bytes, offset, length, false, (window, words, size, whole) -> {
                if (whole && size >= SHORTEST) {
                    add(window);
                }
            });
        }

        /** A word of a language alone says nothing of anybody: a digit, an @ or a second word makes a value somebody's. */
        private boolean telling(byte[] bytes, int offset, int length) {
            boolean[] different = new boolean[256];
            int count = 0;
            boolean telling = false;
            for (int i = offset; i < offset + length; i++) {
                int b = bytes[i] & 0xFF;
                if (!different[b]) {
                    different[b] = true;
                    count++;
                }
                telling |= b == '@' || b == ' ' || b >= '0' && b <= '9';
            }
            return telling && count >= LEAST_DIFFERENT;
        }

        private void add(long value) {
            synchronized (SourceValues.this) {
                int slot = slot(value);
                if (keys[slot] == 0) {
                    keys[slot] = value;
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
