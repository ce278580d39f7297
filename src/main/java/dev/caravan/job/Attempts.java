package dev.caravan.job;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a failed job again where that can help: from zero and under a new snapshot, a bounded number of times. One thread per
 * job.
 */
public final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** What is over when a server is back, or when the next snapshot is a younger one. */
    private static final Set<ErrorCode> PASSING = EnumSet.of(
            ErrorCode.CONNECTION_UNREACHABLE,
            ErrorCode.SNAPSHOT_LOST,
            ErrorCode.SOURCE_CANCELLED_READ,
            ErrorCode.SOURCE_CHANGED);

    private final JobStore store;
    private final RunningJobs running;
    private final JobRuns runs;
    private final Phases phases;
    private final Limits limits;

    /**
     * @param attempts how often a job is begun at most
     * @param pause how long the second attempt waits; each later one twice as long as the one before it
     */
    public record Limits(int attempts, Duration pause) {
        public Limits {
            if (attempts < 1 || pause.isNegative()) {
                throw new IllegalArgumentException(
                        "a job has at least one attempt, and no pause ends before it begins");
            }
        }

        /** How long this attempt waits before it begins: not at all when it is the first. */
        Duration before(int attempt) {
            if (attempt < 2) {
                return Duration.ZERO;
            }
            Duration doubled = pause.multipliedBy(1L << Math.min(attempt - 2, 20));
            return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }

    public Attempts(JobStore store, RunningJobs running, JobRuns runs, Phases phases, Limits limits) {
        this.store = store;
        this.running = running;
        this.runs = runs;
        this.phases = phases;
        this.limits = limits;
    }

    /** Whether an attempt is still to be made. */
    public boolean wanted(RunningJob job) {
        return !job.hasEnded();
    }

    /** Gives a server time to come back before an attempt that is not the first; whoever stops the job ends the wait. */
    public void pause(RunningJob job) throws InterruptedException {
        job.awaitStop(limits.before(job.job().attempt()));
    }

    /** Decides after an attempt, when everything that it had open is closed. @return the next attempt, or this one, which was the last */
    public RunningJob judge(RunningJob job) {
        Optional<CaravanException> passing =
                job.isSwapped() ? Optional.empty() : job.stopCause().filter(cause -> helps(job, cause.code()));
        if (passing.isEmpty()) {
            job.end();
            return job;
        }
        phases.endAll(job);
        store.append(job.id(), JobEvent.Type.WARNING, sentence(job, passing.get()));
        Optional<CopyJob> again = store.again(job.id());
        if (again.isEmpty()) {
            job.end();
            return job;
        }
        LOG.info("Job {} begins again after {}", job.id(), passing.get().code().code());
        RunningJob next = running.begin(again.get());
        runs.stopIfStopping(next);
        return next;
    }

    /** A server that could not be reached to begin with is rather a wrong address than one that is away. */
    private boolean helps(RunningJob job, ErrorCode code) {
        Phase reached = job.meter().progress().phase();
        boolean begun = job.job().attempt() > 1 || (reached != null && reached != Phase.PREFLIGHT);
        return PASSING.contains(code) && begun && job.job().attempt() < limits.attempts();
    }

    private String sentence(RunningJob job, CaravanException cause) {
        int attempt = job.job().attempt();
        return "Attempt " + attempt + " of at most " + limits.attempts() + " failed: "
                + cause.code().code() + ": " + cause.getMessage() + " The next one begins in "
                + limits.before(attempt + 1).toMillis() / 1000.0 + " s, from zero and under a new snapshot.";
    }
}
