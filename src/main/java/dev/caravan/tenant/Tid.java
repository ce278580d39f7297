package dev.caravan.tenant;

/** A row's place in its table, block and item, as one number whose order is theirs. */
public final class Tid {
    /** An item's number is below 2,048 in the largest blocks that PostgreSQL can be built with (32 KiB). */
    private static final int ITEM_BITS = 11;

    private Tid() {}

    /**
     * Reads {@code (12,3)}.
     *
     * @throws IllegalArgumentException when the text is no tid
     */
    public static long parse(String text) {
        int comma = text.indexOf(',');
        long block = Long.parseLong(text, 1, comma, 10);
        int item = Integer.parseInt(text, comma + 1, text.length() - 1, 10);
        if (item >= 1 << ITEM_BITS) {
            throw new IllegalArgumentException("an item's number is below " + (1 << ITEM_BITS));
        }
        return block << ITEM_BITS | item;
    }

    static void append(StringBuilder text, long tid) {
        text.append('(')
                .append(tid >>> ITEM_BITS)
                .append(',')
                .append(tid & (1 << ITEM_BITS) - 1)
                .append(')');
    }

    /** As PostgreSQL writes it. */
    public static String text(long tid) {
        StringBuilder text = new StringBuilder();
        append(text, tid);
        return text.toString();
    }
}
