package dev.caravan.copy;

import dev.caravan.plan.CopyFormat;
import dev.caravan.plan.Part;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * Gathers a COPY stream's rows into batches of 64 KiB: one write per row costs about 4 %, and larger batches gain nothing. A row
 * larger than that is a batch of its own, uncopied. Not thread-safe.
 */
public final class RowBatches implements Iterator<RowBatch> {
    static final int BATCH_BYTES = 64 * 1024;

    /** Length of the signature and the flags field; the length of the header's extension follows. */
    private static final int BINARY_HEADER_BYTES = 15;

    private final Part part;
    private final Supplier<byte[]> stream;
    private final RowBatch batch;
    private final byte[] buffer = new byte[BATCH_BYTES];
    private boolean headerPending;
    private byte[] pending;
    private boolean ended;
    private long rowsSeen;

    /**
     * @param stream gives a row each time, the first with binary COPY's header before it, its trailer alone, and null at the end
     */
    RowBatches(Part part, Supplier<byte[]> stream) {
        this.part = part;
        this.stream = stream;
        this.batch = new RowBatch(part);
        this.headerPending = part.format() == CopyFormat.BINARY;
    }

    @Override
    public boolean hasNext() {
        if (pending == null && !ended) {
            pending = nextRow();
        }
        return pending != null;
    }

    @Override
    public RowBatch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (pending.length > BATCH_BYTES) {
            batch.hold(pending, pending.length, 1);
            pending = null;
            return batch;
        }
        int length = 0;
        int rows = 0;
        while (pending != null && length + pending.length <= BATCH_BYTES) {
            System.arraycopy(pending, 0, buffer, length, pending.length);
            length += pending.length;
            rows++;
            pending = nextRow();
        }
        batch.hold(buffer, length, rows);
        return batch;
    }

    /** How many rows were gathered so far. */
    long rowsSeen() {
        return rowsSeen;
    }

    private byte[] nextRow() {
        byte[] row = stream.get();
        if (row != null && headerPending) {
            headerPending = false;
            row = withoutHeader(row);
            if (row.length == 0) {
                row = stream.get();
            }
        }
        if (row != null && isTrailer(row)) {
            row = stream.get();
        }
        if (row == null) {
            ended = true;
        } else {
            rowsSeen++;
        }
        return row;
    }

    private static byte[] withoutHeader(byte[] first) {
        int extension = (first[BINARY_HEADER_BYTES] & 0xFF) << 24
                | (first[BINARY_HEADER_BYTES + 1] & 0xFF) << 16
                | (first[BINARY_HEADER_BYTES + 2] & 0xFF) << 8
                | first[BINARY_HEADER_BYTES + 3] & 0xFF;
        int headerLength = BINARY_HEADER_BYTES + 4 + extension;
        byte[] rest = new byte[first.length - headerLength];
        System.arraycopy(first, headerLength, rest, 0, rest.length);
        return rest;
    }

    /** A row begins with its number of fields; the trailer is the number -1. */
    private boolean isTrailer(byte[] row) {
        return part.format() == CopyFormat.BINARY && row.length == 2 && row[0] == -1 && row[1] == -1;
    }
}
