package dev.caravan.copy;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.Connections;
import dev.caravan.job.CopyJob;
import dev.caravan.job.JobState;
import dev.caravan.job.JobStore;
import dev.caravan.job.Problem;
import dev.caravan.job.RunningJob;
import dev.caravan.job.StagingMark;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.source.SourceJobs;
import dev.caravan.target.Repair;
import dev.caravan.target.TargetGuard;
import dev.caravan.target.TargetServer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the jobs of a process that is gone: what was not swapped is undone, a swap that took place is finished. Stateless. */
public final class Repairs {
    private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);

    private final JobStore store;
    private final Connections connections;

    public Repairs(JobStore store, Connections connections) {
        this.store = store;
        this.connections = connections;
    }

    public List<CopyJob> abandoned() {
        return store.abandoned();
    }

    /** Tidies up after one job and ends it. A server that is away is asked again at the next call. */
    public void repair(CopyJob job) {
        try {
            SourceJobs.endSessions(connections.source(job.request().source()), job.id());
            boolean swapped = store.documents()
                    .mark(job.id())
                    .map(mark -> swapped(job, mark))
                    .orElse(false);
            store.documents().unmark(job.id());
            end(
                    job,
                    swapped,
                    "The old target is as it was, and nothing else was left behind.",
                    "Create the job again.");
        } catch (CaravanException e) {
            if (e.code() == ErrorCode.UNKNOWN_CONNECTION || e.code() == ErrorCode.TARGET_PROTECTED) {
                LOG.warn("Job {} cannot be tidied up after: {}", job.id(), e.getMessage());
                end(
                        job,
                        false,
                        "What it had made could not be looked for: " + e.getMessage(),
                        "Look on the target's server for a database named "
                                + store.documents()
                                        .mark(job.id())
                                        .map(StagingMark::staging)
                                        .orElse("…_caravan_…")
                                + ", drop it, and create the job again.");
            } else {
                LOG.warn("Job {} is tidied up after later: {}", job.id(), e.getMessage());
            }
        }
    }

    /**
     * Tidies up after an attempt of this process whose connection to the target broke, and finds out whether its swap took place.
     * A server that is away is asked again later, by {@link #tidyEnded}.
     */
    public void tidy(RunningJob job) {
        Optional<StagingMark> mark = store.documents().mark(job.id());
        if (mark.isEmpty()) {
            return;
        }
        try {
            // The mark may be an earlier attempt's that could not be tidied up after: what it names is looked for, not
            // remembered.
            if ((job.hasLeftBehind() || !job.isSwapped()) && swapped(job.job(), mark.get())) {
                job.swapped();
            }
            job.tidied();
            if (!job.isSwapped()) {
                // After a swap the mark is all that tells of it until the job's end is stored.
                store.documents().unmark(job.id());
            }
        } catch (CaravanException e) {
            // The job's end must be stored all the same.
            LOG.warn("Job {} is tidied up after later: {}", job.id(), e.getMessage());
            job.draft()
                    .warn("What the job left on the target's server is tidied up when the server answers again: "
                            + e.getMessage());
        }
    }

    /** Jobs that ended while their target's server was away. */
    public List<CopyJob> untidied() {
        return store.untidied();
    }

    /** Tidies up after one of them, and is asked again while that fails. */
    public void tidyEnded(CopyJob job) {
        try {
            store.documents().mark(job.id()).ifPresent(mark -> swapped(job, mark));
            store.documents().unmark(job.id());
            LOG.info("Job {} left nothing on its target's server any more", job.id());
        } catch (CaravanException e) {
            LOG.info("Job {} is tidied up after later: {}", job.id(), e.getMessage());
        }
    }

    private boolean swapped(CopyJob job, StagingMark mark) {
        ConnectionConfig target = connections.target(job.request().target());
        TargetServer server = TargetServer.forRepair(target, job.id());
        TargetGuard guard = TargetGuard.forRepair(
                server,
                connections.all().stream()
                        .filter(other -> other.role() == ConnectionConfig.Role.SOURCE)
                        .toList());
        return Repair.after(mark, server, guard);
    }

    private void end(CopyJob job, boolean swapped, String left, String hint) {
        if (swapped) {
            store.finish(job.id(), JobState.SUCCEEDED, Optional.empty());
        } else if (job.state() == JobState.CANCELLING) {
            store.finish(job.id(), JobState.CANCELLED, Optional.empty());
        } else {
            Problem problem = Problem.of(CaravanException.of(
                            ErrorCode.INTERRUPTED, "The service stopped while the job ran. " + left, hint))
                    .with("jobId", job.id());
            store.finish(job.id(), JobState.FAILED, Optional.of(problem));
        }
        LOG.info("Job {} of a process that is gone was ended{}", job.id(), swapped ? ": its swap had taken place" : "");
    }
}
