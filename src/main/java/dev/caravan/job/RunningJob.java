package dev.caravan.job;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An attempt at a job, on which this process works: its meter, what its report will say, and the one way to stop it from outside. Thread-safe.
 */
public final class RunningJob {
    private final CopyJob job;
    private final JobMeter meter;
    private final ReportDraft draft;
    private final List<Runnable> onStop = new ArrayList<>();
    private CaravanException stopCause;
    private boolean cancelled;
    private boolean swapped;
    private boolean leftBehind;
    private boolean tidied;
    private boolean ended;

    public RunningJob(CopyJob job, JobMeter meter) {
        this.job = job;
        this.meter = meter;
        this.draft = new ReportDraft(job, meter);
    }

    /**
     * What looks at databases as a job does, and copies nothing: it is in no store.
     *
     * @param caller the name of the API key that asks; absent where nobody is asked
     */
    public static RunningJob rehearsal(String id, CopyRequest request, Optional<String> caller, Clock clock) {
        Instant now = clock.instant();
        return new RunningJob(
                new CopyJob(
                        id,
                        JobState.RUNNING,
                        request,
                        1,
                        now,
                        Optional.of(now),
                        Optional.empty(),
                        Progress.none(now),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        caller),
                new JobMeter(clock));
    }

    public String id() {
        return job.id();
    }

    public CopyRequest request() {
        return job.request();
    }

    public CopyJob job() {
        return job;
    }

    public JobMeter meter() {
        return meter;
    }

    /** What its report will say. */
    public ReportDraft draft() {
        return draft;
    }

    /** What ends the work of one step when the job is stopped; run at once when it already is. Runs on the stopping thread. */
    public void onStop(Runnable action) {
        synchronized (this) {
            onStop.add(action);
            if (stopCause == null) {
                return;
            }
        }
        action.run();
    }

    /** Ends the job's work with this error; only the first cause counts. */
    public void stop(CaravanException cause) {
        List<Runnable> actions;
        synchronized (this) {
            if (stopCause != null) {
                return;
            }
            stopCause = cause;
            notifyAll();
            actions = List.copyOf(onStop);
        }
        actions.forEach(Runnable::run);
    }

    /** Ends the job's work because somebody asked for it. */
    public void cancel() {
        synchronized (this) {
            if (stopCause == null) {
                cancelled = true;
            }
        }
        stop(CaravanException.of(ErrorCode.INTERRUPTED, "The job was cancelled.", "Create a new job to copy again."));
    }

    /** The new database is in place: whatever comes now, a cancel too, comes too late. */
    public synchronized void swapped() {
        swapped = true;
    }

    /** Whether the new database is in place. */
    public synchronized boolean isSwapped() {
        return swapped;
    }

    /** Whether the work was ended by a cancel and by nothing else before it. */
    public synchronized boolean cancelled() {
        return cancelled;
    }

    /** Waits that long, or until the job is stopped. */
    public synchronized void awaitStop(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); left > 0 && stopCause == null; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Something on the target's server could not be tidied up, or nobody knows whether it was. */
    public synchronized void leftBehind() {
        leftBehind = true;
    }

    public synchronized boolean hasLeftBehind() {
        return leftBehind;
    }

    /** Nothing of the job is left on the target's server but the new database, if it is in place. */
    public synchronized void tidied() {
        tidied = true;
    }

    synchronized boolean isTidied() {
        return tidied;
    }

    /** No attempt comes after this one. */
    public synchronized void end() {
        ended = true;
    }

    public synchronized boolean hasEnded() {
        return ended;
    }

    /** Why the job was stopped from outside, when it was. */
    public synchronized Optional<CaravanException> stopCause() {
        return Optional.ofNullable(stopCause);
    }

    /** For the beginning of each step: a stopped job does not begin another one. */
    public synchronized void throwIfStopped() {
        if (stopCause != null) {
            throw stopCause;
        }
    }
}
