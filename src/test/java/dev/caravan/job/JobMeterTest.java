package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caravan.job.JobMeter.PlannedTable;
import dev.caravan.schema.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class JobMeterTest {
    private static final TableName A = new TableName("public", "a");
    private static final TableName B = new TableName("public", "b");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestClock clock = new TestClock();
    private final JobMeter meter = new JobMeter(clock);

    private static PlannedTable table(TableName name, int parts, long bytes, int indexes) {
        return new PlannedTable(name, "binary", parts, OptionalLong.of(bytes), indexes);
    }

    private void later(Duration duration) {
        clock.now = clock.now.plus(duration);
    }

    private List<TableProgress.State> states() {
        return meter.tables().stream().map(TableProgress::state).toList();
    }

    @Test
    void beforeAPlanNothingIsInvented() {
        assertEquals(Progress.none(clock.now), meter.progress());
        meter.phaseBegan(Phase.PREFLIGHT);
        assertEquals(Phase.PREFLIGHT, meter.progress().phase());
        assertEquals(OptionalInt.empty(), meter.progress().percent());
        assertEquals(List.of(), meter.tables());
        assertEquals(List.of(), meter.changedTables());
        assertThrows(IllegalStateException.class, () -> meter.partBegan(A));
    }

    @Test
    void aTableGoesFromWaitingOverCopyingAndIndexingToDone() {
        meter.planned(List.of(table(A, 2, 1000, 1), table(B, 1, 1000, 0)), 1);
        assertEquals(List.of(TableProgress.State.WAITING, TableProgress.State.WAITING), states());
        meter.partBegan(A);
        meter.partBegan(B);
        meter.partDone(A, SECOND);
        meter.partDone(B, SECOND);
        assertEquals(List.of(TableProgress.State.COPYING, TableProgress.State.DONE), states());
        meter.partDone(A, SECOND);
        meter.indexBegan(A, "a_pkey");
        assertEquals(List.of(TableProgress.State.INDEXING, TableProgress.State.DONE), states());
        assertEquals(new Progress.Tables(2, 1, 1, 0), meter.progress().tables());
        meter.indexDone(A, "a_pkey", Duration.ofMillis(70));
        assertEquals(List.of(TableProgress.State.DONE, TableProgress.State.DONE), states());
        TableProgress a = meter.tables().get(0);
        assertEquals(2000, a.copyMillis());
        assertEquals(70, a.indexMillis());
        assertEquals(new Progress.Indexes(1, 1), a.indexes());
        meter.tableFailed(B);
        assertEquals(new Progress.Tables(2, 1, 0, 1), meter.progress().tables());
    }

    @Test
    void percentIsAtMost99UntilEveryPartIsDone() {
        meter.planned(List.of(table(A, 1, 300, 0), table(B, 1, 100, 0)), 0);
        assertEquals(OptionalInt.of(0), meter.progress().percent());
        meter.batchWritten(A, 3, 150);
        assertEquals(OptionalInt.of(37), meter.progress().percent());
        // COPY data larger than the estimate counts no more than the estimate.
        meter.batchWritten(A, 97, 9000);
        assertEquals(OptionalInt.of(75), meter.progress().percent());
        meter.batchWritten(B, 1, 500);
        assertEquals(OptionalInt.of(99), meter.progress().percent());
        meter.partDone(A, SECOND);
        meter.partDone(B, SECOND);
        assertEquals(OptionalInt.of(100), meter.progress().percent());
        assertEquals(101, meter.progress().rowsCopied());
        assertEquals(9650, meter.progress().bytesCopied());
    }

    @Test
    void aTableSmallerThanItsEstimateCountsWholeWhenCopied() {
        meter.planned(List.of(table(A, 1, 300, 0), table(B, 1, 100, 0)), 0);
        meter.batchWritten(A, 1, 10);
        meter.partDone(A, SECOND);
        assertEquals(OptionalInt.of(75), meter.progress().percent());
    }

    @Test
    void oneUnknownSizeMakesTheTotalUnknown() {
        meter.planned(List.of(table(A, 1, 300, 0), new PlannedTable(B, "text", 1, OptionalLong.empty(), 0)), 0);
        meter.batchWritten(A, 1, 10);
        later(SECOND);
        Progress progress = meter.progress();
        assertEquals(OptionalLong.empty(), progress.bytesTotalEstimated());
        assertEquals(OptionalInt.empty(), progress.percent());
        assertEquals(OptionalLong.empty(), progress.etaSeconds());
        assertEquals(10, progress.bytesPerSecond());
    }

    @Test
    void theRateIsThatOfTheLastSeconds() {
        meter.planned(List.of(table(A, 1, 1_000_000, 0)), 0);
        later(Duration.ofSeconds(60));
        meter.phaseBegan(Phase.COPY);
        for (int i = 0; i < 20; i++) {
            later(Duration.ofMillis(500));
            meter.batchWritten(A, 1, 50);
            assertEquals(100, meter.progress().bytesPerSecond());
        }
        for (int i = 0; i < 10; i++) {
            later(Duration.ofMillis(500));
            meter.batchWritten(A, 1, 5000);
            meter.progress();
        }
        Progress fast = meter.progress();
        assertEquals(10_000, fast.bytesPerSecond());
        assertEquals(OptionalLong.of(95), fast.etaSeconds());
        later(Duration.ofSeconds(5));
        meter.progress();
        later(Duration.ofSeconds(5));
        assertEquals(0, meter.progress().bytesPerSecond());
        assertEquals(OptionalLong.empty(), meter.progress().etaSeconds());
    }

    @Test
    void aClockSetBackGivesNoNegativeRate() {
        meter.planned(List.of(table(A, 1, 1000, 0)), 0);
        meter.batchWritten(A, 1, 100);
        later(Duration.ofSeconds(-30));
        assertEquals(0, meter.progress().bytesPerSecond());
        meter.batchWritten(A, 1, 100);
        later(SECOND);
        assertEquals(100, meter.progress().bytesPerSecond());
    }

    @Test
    void aPartThatIsUndoneTakesItsRowsBack() {
        meter.planned(List.of(table(A, 1, 1000, 0)), 0);
        meter.partBegan(A);
        meter.batchWritten(A, 7, 400);
        later(SECOND);
        meter.progress();
        meter.partUndone(A, 7, 400);
        later(SECOND);
        Progress undone = meter.progress();
        assertEquals(0, undone.rowsCopied());
        assertEquals(0, undone.bytesCopied());
        assertEquals(OptionalInt.of(0), undone.percent());
        assertEquals(0, undone.bytesPerSecond());
    }

    @Test
    void onlyWhatChangedIsGivenAgain() {
        meter.planned(List.of(table(A, 1, 1000, 1), table(B, 1, 1000, 0)), 1);
        assertEquals(meter.tables(), meter.changedTables());
        assertEquals(List.of(), meter.changedTables());
        meter.batchWritten(B, 1, 10);
        meter.batchWritten(B, 1, 10);
        List<TableProgress> changed = meter.changedTables();
        assertEquals(List.of(B), changed.stream().map(TableProgress::table).toList());
        assertEquals(20, changed.get(0).bytesCopied());
        meter.indexDone(A, "a_pkey", SECOND);
        assertEquals(
                List.of(A),
                meter.changedTables().stream().map(TableProgress::table).toList());
    }

    @Test
    void thePhaseShownIsTheEarliestOpenOne() {
        assertNull(meter.progress().phase());
        meter.phaseBegan(Phase.COPY);
        later(SECOND);
        meter.phaseBegan(Phase.INDEX);
        assertEquals(Phase.COPY, meter.progress().phase());
        later(SECOND);
        meter.phaseEnded(Phase.COPY);
        assertEquals(Phase.INDEX, meter.progress().phase());
        later(SECOND);
        meter.phaseEnded(Phase.INDEX);
        assertEquals(Phase.INDEX, meter.progress().phase());
        meter.phaseBegan(Phase.COPY);
        later(SECOND);
        assertEquals(Map.of(Phase.COPY, 3000L, Phase.INDEX, 2000L), meter.phaseMillis());
        assertEquals(
                List.of(Phase.COPY, Phase.INDEX),
                List.copyOf(meter.phaseMillis().keySet()));
    }

    @Test
    void anIndexOnSomethingElseCountsForTheJob() {
        meter.planned(List.of(table(A, 1, 10, 0)), 1);
        TableName view = new TableName("public", "view");
        meter.indexBegan(view, "view_idx");
        meter.indexDone(view, "view_idx", SECOND);
        assertEquals(new Progress.Indexes(1, 1), meter.progress().indexes());
    }

    @Test
    void aSecondPlanBeginsAnew() {
        meter.planned(List.of(table(A, 1, 10, 0)), 3);
        meter.batchWritten(A, 5, 5);
        meter.indexDone(A, "a_pkey", SECOND);
        meter.planned(List.of(table(B, 1, 10, 0)), 2);
        assertEquals(0, meter.progress().rowsCopied());
        assertEquals(new Progress.Indexes(2, 0), meter.progress().indexes());
        assertThrows(IllegalStateException.class, () -> meter.batchWritten(A, 1, 1));
    }

    @Test
    void manyWritersLoseNothingAndTheReaderMissesNoChange() throws Exception {
        meter.planned(List.of(table(A, 8, 1L << 40, 0), table(B, 8, 1L << 40, 0)), 0);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                TableName table = i % 2 == 0 ? A : B;
                writers.add(pool.submit(() -> {
                    for (int n = 0; n < 50_000; n++) {
                        meter.batchWritten(table, 3, 11);
                    }
                }));
            }
            Map<TableName, TableProgress> seen = new HashMap<>();
            while (!writers.stream().allMatch(Future::isDone)) {
                meter.changedTables().forEach(table -> seen.put(table.table(), table));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            meter.changedTables().forEach(table -> seen.put(table.table(), table));
            assertEquals(8 * 50_000 * 3L, meter.progress().rowsCopied());
            for (TableProgress table : meter.tables()) {
                assertEquals(4 * 50_000 * 11L, table.bytesCopied());
                assertEquals(table, seen.get(table.table()));
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
