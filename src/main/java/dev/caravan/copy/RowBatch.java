package dev.caravan.copy;

import dev.caravan.plan.Part;

/**
 * Whole rows of one part, about 64 KiB of them, as COPY sent them, without header or trailer. The next batch of the part may use
 * the same array: a batch is valid until the next one is asked for. Not thread-safe.
 */
public final class RowBatch {
    private final Part part;
    private byte[] bytes;
    private int length;
    private int rows;

    RowBatch(Part part) {
        this.part = part;
    }

    void hold(byte[] bytes, int length, int rows) {
        this.bytes = bytes;
        this.length = length;
        this.rows = rows;
    }

    public Part part() {
        return part;
    }

    /** The rows, from 0 to {@link #length()}. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public int rows() {
        return rows;
    }

    /** Says how much it holds, never what. */
    @Override
    public String toString() {
        return "batch of " + part.table() + ", " + rows + " rows, " + length + " bytes";
    }
}
