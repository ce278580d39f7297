package dev.caravan.copy;

import dev.caravan.job.RunningJobs;
import dev.caravan.source.SourceJobs;

/** Looks after the sources of the running jobs: nobody there may wait long for a lock of ours. */
public final class SourceWatch {
    private final RunningJobs runningJobs;
    private final SourceJobs sourceJobs;

    public SourceWatch(RunningJobs runningJobs, SourceJobs sourceJobs) {
        this.runningJobs = runningJobs;
        this.sourceJobs = sourceJobs;
    }

    public void look() {
        sourceJobs.yieldWhereNeeded(runningJobs.all());
    }
}
