package dev.caravan.copy;

import dev.caravan.job.Beside;
import dev.caravan.job.RunningJob;
import dev.caravan.mask.SourceValues;
import dev.caravan.mask.ValueGatherer;
import dev.caravan.plan.CopyPlan;
import dev.caravan.plan.CopyStatement;
import dev.caravan.plan.Part;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.source.Sampled;
import dev.caravan.source.SourceJob;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Reads some values of every masked column from the source, beside the making of the staging database, to look for them in every row on its way: the
 * values of the table that is copied last may stand in the first. Stateless.
 */
public final class ValueGathering {
    /** The most rows of a table: not each has a value that is wanted. */
    static final int MOST_ROWS = SourceValues.MOST_PER_COLUMN * 5 / 4;

    private static final Duration MOST_FOR_A_TABLE = Duration.ofSeconds(30);
    private static final int PAGE_BYTES = 8192;
    /** A page has no more than a few hundred, whatever statistics of another day say. */
    private static final double MOST_ROWS_OF_A_PAGE = 226;

    private static final double USUAL_ROWS_OF_A_PAGE = 50;

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

    /** The largest tables first: where the time does not reach, the fewest values are missing. */
    private boolean gather(RunningJob job, SourceJob source, CopyPlan plan, JobValues values) {
        long until = System.nanoTime() + time.toNanos();
        List<Table> tables = values.columns().keySet().stream()
                .map(table -> jobMasks.table(job.id(), table))
                .sorted(Comparator.comparingLong(Table::bytes).reversed().thenComparing(Table::name))
                .toList();
        for (Table table : tables) {
            long allowed = Math.min(until - System.nanoTime(), MOST_FOR_A_TABLE.toNanos());
            Sampled read = allowed <= 0
                    ? Sampled.TIME_OVER
                    : gather(job, source, parts(plan, table.name()), table, Duration.ofNanos(allowed));
            if (read != Sampled.READ) {
                String why = read == Sampled.TIME_OVER
                        ? "reading its values took too long, and only some are looked for"
                        : "the source refused to show some of its values to look for";
                values.columns().get(table.name()).forEach(column -> values.lacking(table.name() + "." + column, why));
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

    private Sampled gather(RunningJob job, SourceJob source, List<Part> parts, Table table, Duration allowed) {
        long until = System.nanoTime() + allowed.toNanos();
        ValueGatherer gatherer = jobMasks.gatherer(job.id(), table);
        int[] left = {MOST_ROWS};
        for (Part part : parts) {
            if (left[0] == 0 || gatherer.enough()) {
                break;
            }
            Duration time = Duration.ofNanos(until - System.nanoTime());
            Sampled read = time.isNegative()
                    ? Sampled.TIME_OVER
                    : source.sample(
                            CopyStatement.some(part, gatherer.columns(), left[0], percent(table)),
                            gatherer.columns().size(),
                            time,
                            row -> {
                                job.throwIfStopped();
                                gatherer.take(row);
                                return --left[0] > 0 && !gatherer.enough();
                            });
            if (read != Sampled.READ) {
                return read;
            }
        }
        return Sampled.READ;
    }

    /** How many of the table's pages are read, all of them when absent: no more than have enough rows, or the last pages would never be reached. */
    private static OptionalDouble percent(Table table) {
        double pages = Math.max(table.pages(), table.bytes() / (double) PAGE_BYTES);
        double rowsOfAPage = table.estimatedRows() > 0
                ? Math.min(MOST_ROWS_OF_A_PAGE, Math.max(1, table.estimatedRows() / pages))
                : USUAL_ROWS_OF_A_PAGE;
        double share = SourceValues.MOST_PER_COLUMN / rowsOfAPage / pages;
        return share < 1 ? OptionalDouble.of(100 * share) : OptionalDouble.empty();
    }
}
