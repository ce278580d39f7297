package dev.caravan.copy;

import dev.caravan.job.RunningJobs;
import dev.caravan.target.TargetJobs;

/** Looks after the targets of the running jobs: a server that answers no more is noticed. */
public final class TargetWatch {
    private final RunningJobs runningJobs;
    private final TargetJobs targetJobs;

    public TargetWatch(RunningJobs runningJobs, TargetJobs targetJobs) {
        this.runningJobs = runningJobs;
        this.targetJobs = targetJobs;
    }

    public void look() {
        targetJobs.stopWhereSilent(runningJobs.all());
    }
}
