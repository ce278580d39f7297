package dev.caravan.copy;

import dev.caravan.job.RunningJob;
import dev.caravan.schema.CaravanException;
import dev.caravan.source.SourceJobs;
import dev.caravan.target.TargetJobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what a job had open. Each step does its own and never fails: the next ones must have their turn, and what could not be
 * closed is named in the job's report. Stateless.
 */
public final class JobRelease {
    private static final Logger LOG = LoggerFactory.getLogger(JobRelease.class);

    private final WorkBoards boards;
    private final SourceJobs sourceJobs;
    private final TargetJobs targetJobs;
    private final Preparations preparations;
    private final JobMasks jobMasks;
    private final JobTenants jobTenants;

    public JobRelease(
            WorkBoards boards,
            SourceJobs sourceJobs,
            TargetJobs targetJobs,
            Preparations preparations,
            JobMasks jobMasks,
            JobTenants jobTenants) {
        this.boards = boards;
        this.sourceJobs = sourceJobs;
        this.targetJobs = targetJobs;
        this.preparations = preparations;
        this.jobMasks = jobMasks;
        this.jobTenants = jobTenants;
    }

    /** One thing to close. */
    private interface Closing {
        void run() throws Exception;
    }

    public void workers(RunningJob job) {
        attempt(job, "the workers", () -> boards.release(job.id()));
    }

    public void source(RunningJob job) {
        attempt(job, "the source's sessions", () -> sourceJobs.release(job.id()));
    }

    public void target(RunningJob job) {
        try {
            targetJobs.release(job.id());
        } catch (RuntimeException e) {
            LOG.warn("Job {} could not drop its staging database yet: {}", job.id(), said(e));
            job.leftBehind();
        }
    }

    public void files(RunningJob job) {
        jobMasks.release(job.id());
        jobTenants.release(job.id());
        attempt(job, "the job's directory", () -> preparations.release(job.id()));
    }

    private static void attempt(RunningJob job, String what, Closing closing) {
        try {
            closing.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn(
                    "Job {} could not release {}: {}",
                    job.id(),
                    what,
                    e.getClass().getSimpleName());
            job.draft().warn("Could not release " + what + ": " + said(e) + " A restart of the service tidies it up.");
        }
    }

    /** Only our own words: another exception's may quote a value. */
    private static String said(Exception e) {
        return CaravanException.in(e)
                .map(Throwable::getMessage)
                .orElse(e.getClass().getSimpleName() + ".");
    }
}
