package dev.caravan.copy;

import dev.caravan.job.Beside;
import dev.caravan.job.RunningJob;
import dev.caravan.mask.SourceValues;
import dev.caravan.plan.CopyPlan;
import dev.caravan.plan.CopyStatement;
import dev.caravan.plan.Part;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.source.SourceJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Reads some values of every masked column from the source, beside the making of the staging database, to look for them in every row on its way: the
 * values of the table that is copied last may stand in the first. Stateless.
 */
public final class ValueGathering {
    /** Not every row has a value that is wanted. */
    private static final double ROWS_FOR_A_VALUE = 1.25;
    /** Pages are chosen by chance: a few more, so that there are as many rows as a rule. */
    private static final double PAGES_FOR_A_ROW = 1.1;

    private static final Duration MOST_FOR_A_TABLE = Duration.ofSeconds(30);

    private final JobMasks jobMasks;
    private final Duration time;

    /** @param time how long all of a job may take; zero for none at all */
    public ValueGathering(JobMasks jobMasks, Duration time) {
        this.jobMasks = jobMasks;
        this.time = time;
    }

    void begin(RunningJob job, SourceJob source, CopyPlan plan) {
        if (time.isZero()) {
            return;
        }
        jobMasks.values(job.id())
                .ifPresent(values -> values.gatheredBy(Beside.begin(
                        "values of " + source.connection().name(), () -> gather(job, source, plan, values))));
    }

    /** Waits until a job's values are gathered; does nothing when it masks nothing. */
    public void await(RunningJob job) {
        jobMasks.values(job.id()).ifPresent(JobValues::await);
        job.throwIfStopped();
    }

    private boolean gather(RunningJob job, SourceJob source, CopyPlan plan, JobValues values) {
        long until = System.nanoTime() + time.toNanos();
        List<Map.Entry<TableName, List<String>>> tables =
                new ArrayList<>(values.columns().entrySet());
        tables.sort(Map.Entry.comparingByKey(Comparator.comparing(TableName::toString)));
        for (Map.Entry<TableName, List<String>> table : tables) {
            for (Part part : parts(plan, table.getKey())) {
                job.throwIfStopped();
                Duration left = Duration.ofNanos(until - System.nanoTime());
                Duration allowed = left.compareTo(MOST_FOR_A_TABLE) < 0 ? left : MOST_FOR_A_TABLE;
                if (allowed.isNegative() || !gather(job, source, values, part, table.getValue(), allowed)) {
                    table.getValue()
                            .forEach(column -> values.lacking(
                                    part.table() + "." + column,
                                    "reading its values took too long, and only some are looked for"));
                }
            }
        }
        return true;
    }

    /** One part for all pages of a table; each of several selections. */
    private static List<Part> parts(CopyPlan plan, TableName table) {
        List<Part> parts =
                plan.parts().stream().filter(part -> part.table().equals(table)).toList();
        return parts.stream().anyMatch(part -> part.selection().isPresent())
                ? parts
                : parts.stream().limit(1).toList();
    }

    private boolean gather(
            RunningJob job, SourceJob source, JobValues values, Part part, List<String> columns, Duration allowed) {
        Table table = jobMasks.table(part.jobId(), part.table());
        int rows = (int) Math.ceil(values.values().mostPerColumn() * ROWS_FOR_A_VALUE);
        double share = table.estimatedRows() > 0 ? PAGES_FOR_A_ROW * rows / table.estimatedRows() : 1;
        List<SourceValues.Gatherer> gatherers = columns.stream()
                .map(column -> values.values().gatherer(part.table() + "." + column))
                .toList();
        String query = CopyStatement.some(
                part, columns, rows, share < 1 ? OptionalDouble.of(100 * share) : OptionalDouble.empty());
        return source.values(query, columns.size(), allowed, (column, value) -> {
            job.throwIfStopped();
            SourceValues.Gatherer gatherer = gatherers.get(column);
            if (value != null) {
                gatherer.seen(value);
            }
            return !gatherer.enough();
        });
    }
}
