package dev.caravan.copy;

import dev.caravan.job.CopyRequest;
import dev.caravan.job.RunningJob;
import dev.caravan.mask.IntegerIdMasker;
import dev.caravan.plan.CopyPlan;
import dev.caravan.plan.ForeignKeyBuild;
import dev.caravan.plan.TableFinish;
import dev.caravan.schema.SequenceValue;
import dev.caravan.schema.TableName;
import dev.caravan.source.SourceJobs;
import dev.caravan.target.TargetJob;
import dev.caravan.target.TargetJobs;
import java.util.List;

/** CONSTRAINT: everything that comes after rows and indexes, foreign keys apart. Stateless; one thread per job. */
public final class Constraints {
    private final SourceJobs sourceJobs;
    private final TargetJobs targetJobs;

    public Constraints(SourceJobs sourceJobs, TargetJobs targetJobs) {
        this.sourceJobs = sourceJobs;
        this.targetJobs = targetJobs;
    }

    /** Sequences are not transactional: read now, after the rows' snapshot, they may be ahead of the rows and never behind. */
    public void carrySequences(RunningJob job, CopyPlan plan) {
        job.throwIfStopped();
        List<SequenceValue> values = sourceJobs.of(job.id()).sequences(plan.sequences()).stream()
                .map(value -> plan.sequencesBeyond().contains(value.sequence()) ? beyondMaskedIds(value) : value)
                .toList();
        targetJobs.of(job.id()).staging().load().setSequences(values);
    }

    /** What a masked id may have become must never be handed out again. */
    private static SequenceValue beyondMaskedIds(SequenceValue value) {
        return new SequenceValue(value.sequence(), IntegerIdMasker.beyond(value.lastValue()), false);
    }

    /**
     * In a copy of some rows, and in a masked one, a sequence ends ahead of the rows that are there. An identical copy's stands where the source's
     * does, be that behind its rows.
     */
    public void takeSequencesOn(RunningJob job, CopyPlan plan) {
        boolean some = plan.parts().stream().anyMatch(part -> part.selection().isPresent());
        if (job.request().partial() || some || !plan.masks().isEmpty()) {
            begin(job).staging().load().takeSequencesOn();
        }
    }

    /** The source is free again, unless its content is still to be compared. */
    public void releaseSource(RunningJob job) {
        if (job.request().verify() != CopyRequest.Verify.CONTENT) {
            sourceJobs.release(job.id());
        }
    }

    public void attachIndexes(RunningJob job) {
        begin(job).staging().definitions().attachIndexes();
    }

    /** Rows that violate a key, where the request has them dropped; then the keys are there. */
    public void dropOrphans(RunningJob job, CopyPlan plan) {
        begin(job)
                .staging()
                .load()
                .dropOrphans(
                        plan.foreignKeys().stream().map(ForeignKeyBuild::key).toList())
                .forEach(job.draft()::violated);
    }

    /** Triggers, rules, policies, checks that are not valid, publications, statistics objects, comments. */
    public void restoreRest(RunningJob job) {
        begin(job).staging().definitions().restoreRest();
    }

    public void applyOwnership(RunningJob job) {
        begin(job).staging().definitions().applyOwnership().forEach(job.draft()::leftOut);
    }

    public void refreshViews(RunningJob job, CopyPlan plan) {
        begin(job).staging().load().refresh(plan.materializedViews());
    }

    /** Of tables that could not be analysed with their own indexes, since a statistics object or partitions had to come first. */
    public void analyze(RunningJob job, CopyPlan plan) {
        List<TableName> tables = plan.finishes().stream()
                .filter(finish -> !finish.analyze())
                .map(TableFinish::table)
                .toList();
        TargetJob target = begin(job);
        for (TableName table : tables) {
            job.throwIfStopped();
            target.staging().load().analyze(table).ifPresent(job.draft()::warn);
        }
    }

    public void runAfterLoad(RunningJob job) {
        begin(job).staging().load().runAfterLoad();
    }

    private TargetJob begin(RunningJob job) {
        job.throwIfStopped();
        return targetJobs.of(job.id());
    }
}
