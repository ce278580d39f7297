package dev.caravan.job;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The jobs that this process works on, by id. Thread-safe. */
public final class RunningJobs {
    private final Map<String, RunningJob> byId = new ConcurrentHashMap<>();
    private final LongAdder rowsOfEnded = new LongAdder();
    private final LongAdder bytesOfEnded = new LongAdder();
    private final Clock clock;

    public RunningJobs(Clock clock) {
        this.clock = clock;
    }

    public RunningJob begin(CopyJob job) {
        RunningJob running = new RunningJob(job, new JobMeter(clock));
        byId.put(job.id(), running);
        return running;
    }

    /** @throws CaravanException {@code interrupted} when the job is not running here, or no longer */
    public RunningJob get(String id) {
        RunningJob running = byId.get(id);
        if (running == null) {
            throw CaravanException.of(
                    ErrorCode.INTERRUPTED, "The job does not run in this process.", "Ask for the job's state.");
        }
        return running;
    }

    public void end(String id) {
        RunningJob ended = byId.remove(id);
        if (ended != null) {
            Progress progress = ended.meter().progress();
            rowsOfEnded.add(progress.rowsCopied());
            bytesOfEnded.add(progress.bytesCopied());
        }
    }

    /** Rows that have arrived in targets since this process started. */
    public long rowsCopied() {
        return rowsOfEnded.sum()
                + all().stream()
                        .mapToLong(job -> job.meter().progress().rowsCopied())
                        .sum();
    }

    /** Bytes of COPY data that have arrived in targets since this process started. */
    public long bytesCopied() {
        return bytesOfEnded.sum()
                + all().stream()
                        .mapToLong(job -> job.meter().progress().bytesCopied())
                        .sum();
    }

    public Collection<RunningJob> all() {
        return List.copyOf(byId.values());
    }
}
