package dev.caravan.target;

import dev.caravan.job.RunningJob;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which job works on which target at the moment. Thread-safe. */
public final class TargetJobs {
    private final Map<String, TargetJob> byJob = new ConcurrentHashMap<>();

    /** Enters the job's work on its target, to be ended when the job is stopped. */
    public void enter(RunningJob job, TargetJob target) {
        byJob.put(job.id(), target);
        job.onStop(target::end);
    }

    /** @throws CaravanException {@code interrupted} when the job has no target in hand, or no longer */
    public TargetJob of(String jobId) {
        TargetJob target = byJob.get(jobId);
        if (target == null) {
            throw CaravanException.of(ErrorCode.INTERRUPTED, "The job has no target in hand.", "The job is ending.");
        }
        return target;
    }

    /**
     * Stops those of the jobs whose target's server answers no more: whoever writes to a peer that is silent would not notice for many minutes,
     * since unacknowledged data keeps TCP from asking whether the peer lives.
     */
    public void stopWhereSilent(Iterable<RunningJob> jobs) {
        for (RunningJob job : jobs) {
            TargetJob target = byJob.get(job.id());
            if (target != null) {
                target.reasonToStop().ifPresent(job::stop);
            }
        }
    }

    /** Drops what is not swapped and closes the job's sessions; does nothing when it has no target in hand. */
    public void release(String jobId) {
        TargetJob target = byJob.remove(jobId);
        if (target != null) {
            target.close();
        }
    }

    /** Sessions on targets that are open: of each job those that write, and the one that holds its lock. */
    public int sessionsOpen() {
        return byJob.values().stream()
                .mapToInt(job -> 1 + job.staging().sessionsOpen())
                .sum();
    }

    /** How many of them are in use. */
    public int sessionsInUse() {
        return byJob.values().stream()
                .mapToInt(job -> 1 + job.staging().sessionsInUse())
                .sum();
    }
}
