package dev.caravan.copy;

import dev.caravan.job.JobIds;
import dev.caravan.job.RowQuestion;
import dev.caravan.job.RunningJob;
import dev.caravan.source.SourceJob;
import dev.caravan.source.SourceJobs;
import dev.caravan.tenant.RowExplanation;
import dev.caravan.tenant.TakenRows;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Says why a copy of some tenants would have a row, by resolving its rows under a snapshot as a copy would. Thread-safe. */
public final class RowExplanations {
    private final SourceJobs sourceJobs;
    private final JobTenants jobTenants;

    public RowExplanations(SourceJobs sourceJobs, JobTenants jobTenants) {
        this.sourceJobs = sourceJobs;
        this.jobTenants = jobTenants;
    }

    /** @throws dev.caravan.schema.CaravanException what planning the copy would refuse; {@code not-found}, {@code validation} */
    public RowExplanation explain(RowQuestion question) {
        RunningJob job = RunningJob.rehearsal(
                JobIds.next(Instant.now()), question.asCopy(), Optional.empty(), Clock.systemUTC());
        try {
            SourceJob source = sourceJobs.open(job, 1);
            TakenRows taken = jobTenants.resolveAlways(job, source);
            return source.explain(taken, question.table(), question.key());
        } finally {
            sourceJobs.release(job.id());
            jobTenants.release(job.id());
        }
    }
}
