package dev.caravan.copy;

import dev.caravan.job.JobStore;
import dev.caravan.job.RunningJob;
import dev.caravan.target.Swap;
import dev.caravan.target.TargetJob;
import dev.caravan.target.TargetJobs;

/** SWAP: the new database takes the old one's place. Stateless. */
public final class Swapping {
    private final JobStore store;
    private final TargetJobs targetJobs;

    public Swapping(JobStore store, TargetJobs targetJobs) {
        this.store = store;
        this.targetJobs = targetJobs;
    }

    /** Nothing of ours stays in the new database. */
    public void dropLedger(RunningJob job) {
        job.throwIfStopped();
        targetJobs.of(job.id()).dropLedger();
    }

    /** They would see whatever is still done to the new database: so they come when nothing is. */
    public void restoreEventTriggers(RunningJob job) {
        job.throwIfStopped();
        targetJobs.of(job.id()).staging().definitions().restoreEventTriggers();
    }

    /** The store knows that the swap has begun before it does. */
    public void swap(RunningJob job) {
        job.throwIfStopped();
        TargetJob target = targetJobs.of(job.id());
        store.documents().mark(job.id(), target.mark(true));
        Swap.Outcome outcome = target.swap();
        job.swapped();
        outcome.leftOut().forEach(job.draft()::leftOut);
        outcome.warnings().forEach(job.draft()::warn);
        if (!outcome.warnings().isEmpty()) {
            job.leftBehind();
        }
    }
}
