package dev.caravan.plan;

import dev.caravan.schema.TableName;
import java.util.List;

/**
 * A plan as callers see it.
 *
 * @param source name of the connection to read
 * @param target name of the connection to replace
 * @param workers how many units are worked on at once
 * @param tables the tables, in dependency order
 * @param cycles tables that reference each other in a cycle
 * @param indexes how many are built
 * @param foreignKeys how many are added
 * @param sequences how many are carried over
 * @param materializedViews how many are there; those that the source has populated are refreshed
 * @param largeObjects how many are copied
 * @param masks what is decided on each column, in a masked job
 * @param bytesEstimated disk space that the second copy needs on the target, with its indexes
 * @param warnings what to know before the run
 */
public record PlanView(
        String source,
        String target,
        int workers,
        List<TablePlan> tables,
        List<List<TableName>> cycles,
        int indexes,
        int foreignKeys,
        int sequences,
        int materializedViews,
        int largeObjects,
        List<MaskAssignment.Decision> masks,
        long bytesEstimated,
        List<String> warnings) {
    public PlanView {
        tables = List.copyOf(tables);
        cycles = List.copyOf(cycles);
        masks = List.copyOf(masks);
        warnings = List.copyOf(warnings);
    }

    public static PlanView of(CopyPlan plan) {
        return new PlanView(
                plan.request().source(),
                plan.request().target(),
                plan.workers(),
                plan.tables(),
                plan.cycles(),
                plan.indexes().size(),
                plan.foreignKeys().size(),
                plan.sequences().size(),
                plan.materializedViews().size(),
                plan.largeObjects().stream()
                        .mapToInt(batch -> batch.oids().size())
                        .sum(),
                plan.masks(),
                plan.bytesEstimated(),
                plan.warnings());
    }
}
