package dev.caravan.job;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The beginning and the end of each job's run in this process. Thread-safe. */
public final class JobRuns {
    private static final Logger LOG = LoggerFactory.getLogger(JobRuns.class);

    private final JobStore store;
    private final RunningJobs running;
    private final Phases phases;
    private final Optional<ReportSigner> signer;
    private final Clock clock;
    private boolean stopping;

    /** @param signer signs each job's report; absent without a key */
    public JobRuns(JobStore store, RunningJobs running, Phases phases, Optional<ReportSigner> signer, Clock clock) {
        this.store = store;
        this.running = running;
        this.phases = phases;
        this.signer = signer;
        this.clock = clock;
    }

    /** Takes the oldest waiting job. @return null when nothing waits, or the service is stopping */
    public synchronized RunningJob claim() {
        if (stopping) {
            return null;
        }
        Optional<CopyJob> claimed = store.claim();
        claimed.ifPresent(job -> LOG.info(
                "Job {} begins: {} to {}",
                job.id(),
                job.request().source(),
                job.request().target()));
        return claimed.map(running::begin).orElse(null);
    }

    /** Ends every job's work, since the service is stopping; those that wait stay for the next start. */
    public void stopAll() {
        synchronized (this) {
            stopping = true;
        }
        running.all().forEach(JobRuns::stop);
    }

    /** Lets an attempt that began while the service was told to stop know of it. */
    synchronized void stopIfStopping(RunningJob job) {
        if (stopping) {
            stop(job);
        }
    }

    private static void stop(RunningJob job) {
        job.stop(CaravanException.of(
                ErrorCode.INTERRUPTED,
                "The service was stopped while the job ran. The old target is as it was.",
                "Create the job again."));
    }

    /** A job that is only planned: it is in no store. */
    public RunningJob rehearse(CopyRequest request, String caller) {
        return RunningJob.rehearsal(JobIds.next(clock.instant()), request, Optional.ofNullable(caller), clock);
    }

    /** Notes why a job failed; a stop from outside is the reason for whatever broke after it. */
    public void failed(RunningJob job, Throwable thrown) {
        CaravanException cause = CaravanException.in(thrown).orElse(null);
        job.stop(
                cause != null
                        ? cause
                        : CaravanException.of(
                                ErrorCode.INTERNAL,
                                "An unexpected " + thrown.getClass().getSimpleName() + " ended the job.",
                                "The service's log has the place; report it with the job's id."));
        if (cause == null) {
            LOG.error("Job {} met an unexpected {}", job.id(), thrown.getClass().getName(), withoutMessages(thrown));
        }
    }

    /** The thrown's place without its words, since they may quote a value. */
    private static Throwable withoutMessages(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        Throwable bare = new Throwable(root.getClass().getName());
        bare.setStackTrace(root.getStackTrace());
        return bare;
    }

    /** Stores how the job ended, after everything that it had open is closed. */
    public void finish(RunningJob job) {
        phases.endAll(job);
        JobState end = job.isSwapped() || job.stopCause().isEmpty()
                ? JobState.SUCCEEDED
                : job.cancelled() && store.get(job.id()).state() == JobState.CANCELLING
                        ? JobState.CANCELLED
                        : JobState.FAILED;
        Optional<Problem> problem = end == JobState.FAILED
                ? job.stopCause().map(Problem::of).map(p -> described(p, job))
                : Optional.empty();
        job.draft().warnings().forEach(warning -> store.append(job.id(), JobEvent.Type.WARNING, warning));
        problem.ifPresent(p -> store.append(job.id(), JobEvent.Type.ERROR, p.code() + ": " + p.detail()));
        store.saveProgress(job.id(), job.meter().progress(), job.meter().tables());
        Report report = job.draft().report(end);
        store.documents()
                .saveReport(job.id(), signer.map(it -> it.signed(report)).orElse(report));
        store.finish(job.id(), end, problem);
        if (job.isTidied()) {
            store.documents().unmark(job.id());
        }
        running.end(job.id());
        LOG.info(
                "Job {} ended: {}{}",
                job.id(),
                end,
                problem.map(p -> " " + p.code()).orElse(""));
    }

    private static Problem described(Problem problem, RunningJob job) {
        Problem described = problem.with("jobId", job.id());
        int attempt = job.job().attempt();
        return attempt > 1 ? described.with("attempts", attempt) : described;
    }

    /** Stores how far every running job is, and cancels those for which somebody asked. */
    public void flush() {
        for (RunningJob job : running.all()) {
            store.saveProgress(job.id(), job.meter().progress(), job.meter().changedTables());
            if (store.get(job.id()).state() == JobState.CANCELLING) {
                job.cancel();
            }
        }
    }
}
