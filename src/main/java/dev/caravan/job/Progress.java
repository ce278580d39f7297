package dev.caravan.job;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How far a job is. Totals are counted from the plan or, where {@code Estimated} is in the name, taken from the source's own
 * statistics; none is ever invented.
 *
 * @param phase the earliest phase with work left; null before the job runs
 * @param tables tables with rows to copy
 * @param indexes indexes to build
 * @param rowsCopied rows that have arrived in the target
 * @param bytesCopied bytes of COPY data that have arrived in the target
 * @param bytesTotalEstimated the source's size on disk of the tables to copy, when known
 * @param percent share of estimated bytes, at most 99 until the copy is complete; empty while no total is known
 * @param bytesPerSecond mean over the last seconds
 * @param etaSeconds seconds of copying left at that rate, empty when unknown
 * @param updatedAt when this was counted
 */
public record Progress(
        Phase phase,
        Tables tables,
        Indexes indexes,
        long rowsCopied,
        long bytesCopied,
        OptionalLong bytesTotalEstimated,
        OptionalInt percent,
        long bytesPerSecond,
        OptionalLong etaSeconds,
        Instant updatedAt) {
    /** Tables by how far they are. */
    public record Tables(int total, int done, int inProgress, int failed) {}

    /** Indexes by how far they are. */
    public record Indexes(int total, int done) {}

    /** A job that has not begun. */
    public static Progress none(Instant now) {
        return new Progress(
                null,
                new Tables(0, 0, 0, 0),
                new Indexes(0, 0),
                0,
                0,
                OptionalLong.empty(),
                OptionalInt.empty(),
                0,
                OptionalLong.empty(),
                now);
    }
}
