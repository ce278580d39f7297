package dev.caravan;

import dev.caravan.job.JobRuns;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/** Ends the running jobs when the service is told to stop, before its routes wait for them. */
final class JobsEndFirst extends LifecycleStrategySupport {
    private final JobRuns jobRuns;

    JobsEndFirst(JobRuns jobRuns) {
        this.jobRuns = jobRuns;
    }

    @Override
    public void onContextStopping(CamelContext context) {
        jobRuns.stopAll();
    }
}
