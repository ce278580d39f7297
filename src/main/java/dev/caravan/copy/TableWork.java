package dev.caravan.copy;

import dev.caravan.job.RunningJob;
import dev.caravan.job.RunningJobs;
import dev.caravan.plan.ForeignKeyBuild;
import dev.caravan.plan.IndexBuild;
import dev.caravan.plan.TableFinish;
import dev.caravan.schema.Index;
import dev.caravan.target.TargetJobs;
import java.time.Duration;

/** What is done on tables once their rows are in, with the meter told about it. Stateless. */
public final class TableWork {
    private final RunningJobs runningJobs;
    private final TargetJobs targetJobs;
    private final MaskedKeys maskedKeys;

    public TableWork(RunningJobs runningJobs, TargetJobs targetJobs, MaskedKeys maskedKeys) {
        this.maskedKeys = maskedKeys;
        this.runningJobs = runningJobs;
        this.targetJobs = targetJobs;
    }

    public void buildIndex(IndexBuild unit) {
        RunningJob job = begin(unit.jobId());
        Index index = unit.index();
        long begun = System.nanoTime();
        job.meter().indexBegan(index.table(), index.name().name());
        targetJobs.of(unit.jobId()).staging().load().build(unit);
        job.meter().indexDone(index.table(), index.name().name(), Duration.ofNanos(System.nanoTime() - begun));
    }

    public void finishTable(TableFinish unit) {
        RunningJob job = begin(unit.jobId());
        targetJobs.of(unit.jobId()).staging().load().finish(unit).ifPresent(job.draft()::warn);
    }

    public void addForeignKey(ForeignKeyBuild unit) {
        RunningJob job = begin(unit.jobId());
        targetJobs
                .of(unit.jobId())
                .staging()
                .load()
                .add(unit, (key, rows) -> maskedKeys.judge(job, key, rows))
                .ifPresent(job.draft()::violated);
    }

    private RunningJob begin(String jobId) {
        RunningJob job = runningJobs.get(jobId);
        job.throwIfStopped();
        return job;
    }
}
