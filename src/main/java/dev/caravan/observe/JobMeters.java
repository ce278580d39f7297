package dev.caravan.observe;

import dev.caravan.job.CopyJob;
import dev.caravan.job.JobState;
import dev.caravan.job.JobStore;
import dev.caravan.job.Progress;
import dev.caravan.job.RunningJob;
import dev.caravan.job.RunningJobs;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is measured of jobs, beside what Camel measures of routes and steps. The store is asked by a route and not by who reads the meters, so
 * that a store that hangs does not hang them. No label names a job, a table or a database. Thread-safe.
 */
public final class JobMeters {
    private final JobStore store;
    private final RunningJobs runningJobs;
    private final Clock clock;
    private final Map<JobState, Integer> counts = new ConcurrentHashMap<>();
    /** What each running job had done when it last moved. */
    private final Map<String, Moved> moved = new HashMap<>();

    /** Null until they are shown. */
    private volatile MeterRegistry registry;

    private volatile Instant storeAnsweredAt;
    private volatile double stalledSeconds;
    private double rows;
    private double bytes;

    private record Moved(String signature, Instant at) {}

    public JobMeters(JobStore store, RunningJobs runningJobs, Clock clock) {
        this.store = store;
        this.runningJobs = runningJobs;
        this.clock = clock;
        // It has been opened a moment ago.
        this.storeAnsweredAt = clock.instant();
    }

    /** When the store answered last. */
    public Instant storeAnsweredAt() {
        return storeAnsweredAt;
    }

    /** Shows them; to be called once. */
    public void showIn(MeterRegistry registry) {
        this.registry = registry;
        for (JobState state : JobState.values()) {
            Gauge.builder("caravan.jobs", counts, it -> it.getOrDefault(state, 0))
                    .description("Copy jobs in the store, by state")
                    .tag("state", state.name())
                    .strongReference(true)
                    .register(registry);
        }
        Gauge.builder("caravan.jobs.stalled.seconds", this, it -> it.stalledSeconds)
                .description(
                        "How long the running job that has not moved for longest has not moved: no row, index or phase")
                .strongReference(true)
                .register(registry);
        FunctionCounter.builder("caravan.rows.copied", this, JobMeters::rows)
                .description("Rows that have arrived in targets since the service started")
                .register(registry);
        FunctionCounter.builder("caravan.bytes.copied", this, JobMeters::bytes)
                .description("Bytes of COPY data that have arrived in targets since the service started")
                .baseUnit("bytes")
                .register(registry);
    }

    /** Takes in a job that has ended. A phase that it had several times counts with the sum. */
    public void ended(RunningJob job) {
        MeterRegistry to = registry;
        if (to == null) {
            return;
        }
        CopyJob stored = store.get(job.id());
        stored.startedAt()
                .flatMap(from -> stored.finishedAt().map(end -> Duration.between(from, end)))
                .ifPresent(took -> Timer.builder("caravan.job.duration")
                        .description("How long jobs took from their start to their end, by how they ended")
                        .tag("state", stored.state().name())
                        .register(to)
                        .record(took));
        job.meter().phaseMillis().forEach((phase, millis) -> Timer.builder("caravan.phase.duration")
                .description("How long each phase of the jobs took; phases overlap")
                .tag("phase", phase.name())
                .register(to)
                .record(Duration.ofMillis(millis)));
    }

    /** Asks the store, and looks at the running jobs. */
    public void update() {
        Map<JobState, Integer> now = store.countByState();
        storeAnsweredAt = clock.instant();
        for (JobState state : JobState.values()) {
            counts.put(state, now.getOrDefault(state, 0));
        }
        look();
    }

    private synchronized void look() {
        Instant now = clock.instant();
        double stalled = 0;
        Map<String, Moved> seen = new HashMap<>();
        for (RunningJob job : runningJobs.all()) {
            Progress progress = job.meter().progress();
            String signature = progress.phase() + " " + progress.rowsCopied() + " "
                    + progress.indexes().done() + " " + progress.tables().done();
            Moved before = moved.get(job.id());
            Instant since = before != null && before.signature().equals(signature) ? before.at() : now;
            seen.put(job.id(), new Moved(signature, since));
            stalled = Math.max(stalled, Duration.between(since, now).toMillis() / 1000.0);
        }
        moved.clear();
        moved.putAll(seen);
        stalledSeconds = stalled;
    }

    /** What a lost attempt had copied is copied again: a counter never falls. */
    private synchronized double rows() {
        rows = Math.max(rows, runningJobs.rowsCopied());
        return rows;
    }

    private synchronized double bytes() {
        bytes = Math.max(bytes, runningJobs.bytesCopied());
        return bytes;
    }
}
