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
    private final List<Runnable> onStop = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Report.ViolatedKey> violatedKeys = new ArrayList<>();
    private final List<Report.LeftOut> leftOut = new ArrayList<>();
    private Optional<Report.Database> source = Optional.empty();
    private Optional<Report.Database> target = Optional.empty();
    private Optional<Instant> snapshotAt = Optional.empty();
    private Report.ForeignKeys foreignKeys = new Report.ForeignKeys(0, 0, List.of());
    private int contentCompared;
    private Optional<Report.Masking> masking = Optional.empty();
    private Optional<TenantReport> tenants = Optional.empty();
    private Optional<LeakReport> leaks = Optional.empty();
    private List<AnonymityReport> anonymity = List.of();
    private CaravanException stopCause;
    private boolean cancelled;
    private boolean swapped;
    private boolean leftBehind;
    private boolean tidied;
    private boolean ended;

    public RunningJob(CopyJob job, JobMeter meter) {
        this.job = job;
        this.meter = meter;
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

    /** What the report says of the two databases and the snapshot. */
    public synchronized void facts(Report.Database source, Report.Database target, Instant snapshotAt) {
        this.source = Optional.of(source);
        this.target = Optional.of(target);
        this.snapshotAt = Optional.of(snapshotAt);
    }

    /** What VERIFY has found. */
    public synchronized void verified(Report.ForeignKeys keys, int tablesCompared) {
        foreignKeys = keys;
        contentCompared = tablesCompared;
    }

    /** What was masked. */
    public synchronized void masked(Report.Masking what) {
        masking = Optional.of(what);
    }

    /** What the proof of isolation found. */
    public synchronized void isolated(TenantReport what) {
        tenants = Optional.of(what);
    }

    /** What the search for source values found. */
    public synchronized void searched(LeakReport what) {
        leaks = Optional.of(what);
    }

    /** How many rows share their quasi-identifiers. */
    public synchronized void grouped(List<AnonymityReport> what) {
        anonymity = List.copyOf(what);
    }

    /** What is known so far, as the job's report. */
    public synchronized Report report(JobState state) {
        return new Report(
                id(),
                state,
                source.orElse(new Report.Database(request().source(), "", "", "")),
                target.orElse(new Report.Database(request().target(), "", "", "")),
                snapshotAt,
                meter.phaseMillis(),
                meter.tables(),
                foreignKeys,
                warnings,
                leftOut,
                contentCompared,
                masking,
                tenants,
                leaks,
                anonymity,
                Optional.of(new Report.Order(
                        job.createdBy(), job.schedule(), job.createdAt(), job.startedAt(), job.attempt(), request())),
                Optional.empty());
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

    public synchronized void warn(String warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    /** Rows of the source violate a key of its own. */
    public synchronized void violated(Report.ViolatedKey key) {
        violatedKeys.add(key);
        warn(key.inWords());
    }

    public synchronized List<Report.ViolatedKey> violatedKeys() {
        return List.copyOf(violatedKeys);
    }

    public synchronized void leftOut(Report.LeftOut object) {
        leftOut.add(object);
    }

    public synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    public synchronized List<Report.LeftOut> leftOut() {
        return List.copyOf(leftOut);
    }
}
