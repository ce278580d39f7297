package dev.caravan.job;

import dev.caravan.schema.TableName;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts one table's copying. Thread-safe without locks: the workers that copy its parts all write here. */
final class TableMeter {
    private final JobMeter.PlannedTable planned;
    private final LongAdder rows = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder copyMillis = new LongAdder();
    private final LongAdder indexMillis = new LongAdder();
    private final AtomicInteger partsDone = new AtomicInteger();
    private final AtomicInteger indexesDone = new AtomicInteger();
    private volatile boolean begun;
    private volatile boolean failed;
    private volatile boolean changed = true;

    TableMeter(JobMeter.PlannedTable planned) {
        this.planned = planned;
    }

    TableName name() {
        return planned.table();
    }

    void partBegan() {
        begun = true;
        changed = true;
    }

    void written(long moreRows, long moreBytes) {
        rows.add(moreRows);
        bytes.add(moreBytes);
        // Reading first keeps the line shared between the workers' caches; it is written once per flush.
        if (!changed) {
            changed = true;
        }
    }

    void partDone(Duration took) {
        copyMillis.add(took.toMillis());
        partsDone.incrementAndGet();
        changed = true;
    }

    void indexDone(Duration took) {
        indexMillis.add(took.toMillis());
        indexesDone.incrementAndGet();
        changed = true;
    }

    void touched() {
        changed = true;
    }

    void fail() {
        failed = true;
        changed = true;
    }

    /** Whether anything was counted since the last call. What is counted from here on shows in the next one. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    boolean copied() {
        return partsDone.get() >= planned.parts();
    }

    long rows() {
        return rows.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    OptionalLong bytesEstimated() {
        return planned.bytesEstimated();
    }

    /** The part of the estimate that is behind us: all of it when copied, else no more than it. */
    long bytesCredited() {
        long estimated = planned.bytesEstimated().orElse(0);
        return copied() ? estimated : Math.min(bytes(), estimated);
    }

    TableProgress.State state() {
        if (failed) {
            return TableProgress.State.FAILED;
        }
        if (copied()) {
            return indexesDone.get() >= planned.indexes() ? TableProgress.State.DONE : TableProgress.State.INDEXING;
        }
        return begun ? TableProgress.State.COPYING : TableProgress.State.WAITING;
    }

    TableProgress progress() {
        return new TableProgress(
                planned.table(),
                state(),
                planned.format(),
                planned.parts(),
                rows(),
                bytes(),
                planned.bytesEstimated(),
                new Progress.Indexes(planned.indexes(), indexesDone.get()),
                copyMillis.sum(),
                indexMillis.sum());
    }
}
