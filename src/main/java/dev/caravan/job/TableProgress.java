package dev.caravan.job;

import dev.caravan.schema.TableName;
import java.util.OptionalLong;

/**
 * How far one table is.
 *
 * @param table the table
 * @param state where it stands
 * @param format COPY's format for it: {@code binary} or {@code text}
 * @param parts how many parts it is copied in
 * @param rowsCopied rows that have arrived in the target
 * @param bytesCopied bytes of COPY data that have arrived in the target
 * @param bytesTotalEstimated its size on the source's disk, when known
 * @param indexes its indexes
 * @param copyMillis time its parts took, added up, in milliseconds
 * @param indexMillis time its indexes took, added up, in milliseconds
 */
public record TableProgress(
        TableName table,
        State state,
        String format,
        int parts,
        long rowsCopied,
        long bytesCopied,
        OptionalLong bytesTotalEstimated,
        Progress.Indexes indexes,
        long copyMillis,
        long indexMillis) {
    /** A table's way. */
    public enum State {
        WAITING,
        COPYING,
        INDEXING,
        DONE,
        FAILED
    }
}
