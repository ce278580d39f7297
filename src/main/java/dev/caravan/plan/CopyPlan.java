package dev.caravan.plan;

import dev.caravan.job.CopyRequest;
import dev.caravan.schema.MaterializedView;
import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything a job will do, before it does any of it.
 *
 * @param jobId the job
 * @param request what was asked
 * @param workers how many units are worked on at once
 * @param tables the tables, in dependency order
 * @param parts what is copied, largest work first
 * @param loadsAfter tables whose foreign keys are there before the rows, with the tables that must be loaded before
 * @param indexes what is built on tables
 * @param finishes what is done on each table after its indexes
 * @param foreignKeys what is added
 * @param largeObjects what is copied of them
 * @param sequences sequences whose values are carried over
 * @param materializedViews views to refresh, in dependency order
 * @param cycles tables that reference each other in a cycle
 * @param masks what is decided on each column, in a masked job
 * @param sequencesBeyond sequences that must end beyond what masked ids can become
 * @param bytesEstimated disk space that the second copy needs on the target, with its indexes
 * @param warnings what the caller should know before the run
 */
public record CopyPlan(
        String jobId,
        CopyRequest request,
        int workers,
        List<TablePlan> tables,
        List<Part> parts,
        Map<TableName, List<TableName>> loadsAfter,
        List<IndexBuild> indexes,
        List<TableFinish> finishes,
        List<ForeignKeyBuild> foreignKeys,
        List<LargeObjectBatch> largeObjects,
        List<TableName> sequences,
        List<MaterializedView> materializedViews,
        List<List<TableName>> cycles,
        List<MaskAssignment.Decision> masks,
        Set<TableName> sequencesBeyond,
        long bytesEstimated,
        List<String> warnings) {
    public CopyPlan {
        tables = List.copyOf(tables);
        parts = List.copyOf(parts);
        loadsAfter = Map.copyOf(loadsAfter);
        indexes = List.copyOf(indexes);
        finishes = List.copyOf(finishes);
        foreignKeys = List.copyOf(foreignKeys);
        largeObjects = List.copyOf(largeObjects);
        sequences = List.copyOf(sequences);
        materializedViews = List.copyOf(materializedViews);
        cycles = List.copyOf(cycles);
        masks = List.copyOf(masks);
        sequencesBeyond = Set.copyOf(sequencesBeyond);
        warnings = List.copyOf(warnings);
    }
}
