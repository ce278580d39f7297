package dev.caravan.job;

import java.util.Collection;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * All tables' counts added up at one reading.
 *
 * @param credited the part of the estimate that is behind us; COPY data and size on disk differ, so it is counted per table and
 *     a copied table counts whole
 * @param copied whether every part is done
 * @param bytesEstimated the sum of the estimates; empty when one is not known, and then {@code credited} says nothing
 */
record CopyTotals(
        Progress.Tables tables, long rows, long bytes, long credited, boolean copied, OptionalLong bytesEstimated) {

    static CopyTotals of(Collection<TableMeter> meters) {
        int done = 0;
        int inProgress = 0;
        int failed = 0;
        long rows = 0;
        long bytes = 0;
        long credited = 0;
        long estimated = 0;
        boolean copied = true;
        boolean known = true;
        for (TableMeter table : meters) {
            switch (table.state()) {
                case DONE -> done++;
                case COPYING, INDEXING -> inProgress++;
                case FAILED -> failed++;
                case WAITING -> {}
            }
            rows += table.rows();
            bytes += table.bytes();
            credited += table.bytesCredited();
            estimated += table.bytesEstimated().orElse(0);
            copied &= table.copied();
            known &= table.bytesEstimated().isPresent();
        }
        return new CopyTotals(
                new Progress.Tables(meters.size(), done, inProgress, failed),
                rows,
                bytes,
                credited,
                copied,
                known ? OptionalLong.of(estimated) : OptionalLong.empty());
    }

    /** Rounded down, and 100 only when all is copied. */
    OptionalInt percent() {
        if (copied) {
            return OptionalInt.of(100);
        }
        if (bytesEstimated.isEmpty()) {
            return OptionalInt.empty();
        }
        long total = bytesEstimated.getAsLong();
        long share = total == 0 ? 0 : (long) (100.0 * credited / total);
        return OptionalInt.of((int) Math.max(0, Math.min(99, share)));
    }

    /** Of copying only: 0 when all is copied, whatever is left to index and to check. */
    OptionalLong etaSeconds(long bytesPerSecond) {
        if (copied) {
            return OptionalLong.of(0);
        }
        if (bytesEstimated.isEmpty() || bytesPerSecond <= 0) {
            return OptionalLong.empty();
        }
        // Nothing left of the estimate and yet not copied: the estimate was too small, and the rest is unknown.
        long left = bytesEstimated.getAsLong() - credited;
        return left <= 0 ? OptionalLong.empty() : OptionalLong.of((left + bytesPerSecond - 1) / bytesPerSecond);
    }
}
