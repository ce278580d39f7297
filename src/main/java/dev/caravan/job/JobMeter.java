package dev.caravan.job;

import dev.caravan.schema.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts a running job in memory: the copy writes here at every batch, a flush reads a few times a second.
 *
 * <p>Thread-safe; writing takes no lock. A reading is not one instant of all counts: a batch may be in one reading's rows and
 * only in the next one's bytes. Parts of tables that were not planned are refused, since they would be
 * copied uncounted; indexes may be on something else (a materialised view) and count for the job alone.
 */
public final class JobMeter {
    /**
     * A table that will be copied.
     *
     * @param table its name
     * @param format COPY's format: {@code binary} or {@code text}
     * @param parts how many parts it is copied in
     * @param bytesEstimated its size on the source's disk, when known
     * @param indexes how many indexes it gets
     */
    public record PlannedTable(TableName table, String format, int parts, OptionalLong bytesEstimated, int indexes) {
        public PlannedTable {
            Objects.requireNonNull(table);
            Objects.requireNonNull(format);
            Objects.requireNonNull(bytesEstimated);
            if (parts < 0 || indexes < 0) {
                throw new IllegalArgumentException("a table has no fewer than 0 parts and indexes");
            }
        }
    }

    /** What is to be done, replaced as a whole when a job plans anew. */
    private record Plan(Map<TableName, TableMeter> tables, int indexes, AtomicInteger indexesDone) {
        private Collection<TableMeter> all() {
            return tables.values();
        }
    }

    private final Clock clock;
    private final PhaseTimes phases = new PhaseTimes();
    private final RateWindow rate = new RateWindow();
    /** Null until there is a plan. */
    private volatile Plan plan;

    public JobMeter(Clock clock) {
        this.clock = clock;
    }

    /**
     * Sets what is to be done; a second call begins all counts anew.
     *
     * @param indexes how many indexes the job builds in all
     */
    public void planned(List<PlannedTable> tables, int indexes) {
        Map<TableName, TableMeter> meters = new LinkedHashMap<>();
        for (PlannedTable table : tables) {
            if (meters.put(table.table(), new TableMeter(table)) != null) {
                throw new IllegalArgumentException("the table " + table.table() + " is planned twice");
            }
        }
        plan = new Plan(meters, indexes, new AtomicInteger());
        rate.begin(clock.instant(), 0);
    }

    public void phaseBegan(Phase phase) {
        phases.begin(phase, clock.instant());
        if (phase == Phase.COPY) {
            // What came before COPY copied nothing, and would only dilute the first rates.
            rate.begin(clock.instant(), bytes());
        }
    }

    public void phaseEnded(Phase phase) {
        phases.end(phase, clock.instant());
    }

    public void partBegan(TableName table) {
        meter(table).partBegan();
    }

    /** Counts a batch that has arrived in the target. */
    public void batchWritten(TableName table, int rows, long bytes) {
        meter(table).written(rows, bytes);
    }

    /** Takes back what a part had written before it failed, since it will be copied again. */
    public void partUndone(TableName table, long rows, long bytes) {
        meter(table).written(-rows, -bytes);
    }

    public void partDone(TableName table, Duration took) {
        meter(table).partDone(took);
    }

    /** @param index its name, for whoever listens in between; the meter counts only */
    public void indexBegan(TableName table, String index) {
        TableMeter meter = required().tables().get(table);
        if (meter != null) {
            meter.touched();
        }
    }

    public void indexDone(TableName table, String index, Duration took) {
        Plan now = required();
        now.indexesDone().incrementAndGet();
        TableMeter meter = now.tables().get(table);
        if (meter != null) {
            meter.indexDone(took);
        }
    }

    public void tableFailed(TableName table) {
        meter(table).fail();
    }

    /** How far the job is now. */
    public Progress progress() {
        Instant now = clock.instant();
        Plan known = plan;
        Phase phase = phases.current().orElse(null);
        if (known == null) {
            Progress none = Progress.none(now);
            return new Progress(
                    phase,
                    none.tables(),
                    none.indexes(),
                    0,
                    0,
                    none.bytesTotalEstimated(),
                    none.percent(),
                    0,
                    none.etaSeconds(),
                    now);
        }
        CopyTotals totals = CopyTotals.of(known.all());
        long perSecond = rate.perSecond(now, totals.bytes());
        return new Progress(
                phase,
                totals.tables(),
                new Progress.Indexes(known.indexes(), known.indexesDone().get()),
                totals.rows(),
                totals.bytes(),
                totals.bytesEstimated(),
                totals.percent(),
                perSecond,
                totals.etaSeconds(perSecond),
                now);
    }

    /** The tables that changed since the last call, all of them at the first; for one reader. */
    public List<TableProgress> changedTables() {
        Plan known = plan;
        return known == null
                ? List.of()
                : known.all().stream()
                        .filter(TableMeter::takeChanged)
                        .map(TableMeter::progress)
                        .toList();
    }

    /** All tables, in the order in which they were planned. */
    public List<TableProgress> tables() {
        Plan known = plan;
        return known == null
                ? List.of()
                : known.all().stream().map(TableMeter::progress).toList();
    }

    /** Wall time per phase in milliseconds, in the order of phases; an open one up to now. */
    public Map<Phase, Long> phaseMillis() {
        return phases.millis(clock.instant());
    }

    private Plan required() {
        Plan known = plan;
        if (known == null) {
            throw new IllegalStateException("nothing is planned yet");
        }
        return known;
    }

    private TableMeter meter(TableName table) {
        TableMeter meter = required().tables().get(table);
        if (meter == null) {
            throw new IllegalStateException("the table " + table + " is not planned");
        }
        return meter;
    }

    private long bytes() {
        Plan known = plan;
        return known == null
                ? 0
                : known.all().stream().mapToLong(TableMeter::bytes).sum();
    }
}
