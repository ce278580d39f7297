package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store tells of its jobs: progress, tables, lists, events and what is kept with a job. */
abstract class JobReadsScenarios extends OpenedStore {
    @Test
    void progressReplacesOnlyTheTablesThatChanged() {
        CopyJob job = running("a");
        Progress progress = new Progress(
                Phase.COPY,
                new Progress.Tables(3, 1, 1, 0),
                new Progress.Indexes(9, 2),
                1234,
                56789,
                OptionalLong.of(1L << 40),
                OptionalInt.of(42),
                1000,
                OptionalLong.empty(),
                NOON);
        store.saveProgress(job.id(), progress, List.of(table("public.b", 1), table("public.a", 2)));
        store.saveProgress(job.id(), progress, List.of(table("public.b", 7), table("\"Public\".z", 3)));
        CopyJob stored = store.get(job.id());
        assertEquals(progress, stored.progress());
        assertEquals(job.version() + 2, stored.version());
        // Bytes decide the order: capitals come first.
        assertEquals(
                List.of(table("\"Public\".z", 3), table("public.a", 2), table("public.b", 7)),
                store.tables(job.id(), 10, Optional.empty()).items());
    }

    @Test
    void tablesArePagedWithoutGapOrRepetition() {
        CopyJob job = running("a");
        List<TableProgress> tables = IntStream.range(0, 23)
                .mapToObj(i -> table("s%d.\"t%02d_.\"\" ☃\"".formatted(i / 10, i), i))
                .toList();
        store.saveProgress(job.id(), Progress.none(NOON), tables);
        List<TableProgress> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            JobStore.Page<TableProgress> page = store.tables(job.id(), 5, cursor);
            assertTrue(page.items().size() <= 5);
            seen.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        assertEquals(tables, seen);
    }

    @Test
    void jobsAreListedNewestFirstByPages() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, created("t" + i).id());
        }
        JobStore.Page<CopyJob> first = store.list(Optional.empty(), Optional.empty(), 3, Optional.empty());
        created("later");
        JobStore.Page<CopyJob> second = store.list(Optional.empty(), Optional.empty(), 3, first.next());
        assertEquals(ids.subList(0, 3), first.items().stream().map(CopyJob::id).toList());
        assertEquals(ids.subList(3, 5), second.items().stream().map(CopyJob::id).toList());
        assertEquals(Optional.empty(), second.next());
        store.claim();
        assertEquals(
                ids.subList(4, 5),
                store.list(Optional.of(JobState.RUNNING), Optional.of("t0"), 3, Optional.empty()).items().stream()
                        .map(CopyJob::id)
                        .toList());
        assertEquals(
                List.of(),
                store.list(Optional.of(JobState.RUNNING), Optional.of("t1"), 3, Optional.empty())
                        .items());
    }

    @Test
    void aCursorThatTheListDidNotGiveIsRefused() {
        CopyJob job = created("a");
        created("b");
        String jobs = store.list(Optional.empty(), Optional.empty(), 1, Optional.empty())
                .next()
                .orElseThrow();
        List<String> bad = List.of(
                "",
                "%",
                "☃",
                "bnVsbA",
                "W10",
                jobs + "=",
                jobs.substring(2),
                Cursor.of("jobs", "x"),
                Cursor.of("x", "1"));
        for (String cursor : bad) {
            assertEquals(
                    ErrorCode.VALIDATION,
                    codeOf(() -> store.list(Optional.empty(), Optional.empty(), 1, Optional.of(cursor))),
                    cursor);
        }
        assertEquals(ErrorCode.VALIDATION, codeOf(() -> store.tables(job.id(), 1, Optional.of(jobs))));
    }

    @Test
    void eventsAreNumberedFromOneAndReadAfterANumber() {
        CopyJob job = created("a");
        store.append(job.id(), JobEvent.Type.WARNING, "A role is missing.");
        store.append(job.id(), JobEvent.Type.TABLE, "public.customer is copied.");
        List<JobEvent> after = store.events(job.id(), 1, 10);
        assertEquals(List.of(2L, 3L), after.stream().map(JobEvent::sequence).toList());
        assertEquals("A role is missing.", after.get(0).message());
        assertEquals(1, store.events(job.id(), 1, 1).size());
        assertEquals(ErrorCode.NOT_FOUND, codeOf(() -> store.events("none", 0, 10)));
        assertThrows(CaravanException.class, () -> store.append("none", JobEvent.Type.ERROR, "x"));
    }

    @Test
    void marksAndReportsAreKeptWithTheJob() {
        CopyJob job = running("a");
        assertEquals(Optional.empty(), store.documents().mark(job.id()));
        assertEquals(Optional.empty(), store.documents().report(job.id()));
        StagingMark made = new StagingMark("shop__staging", Optional.of(4_000_000_000L), "shop__old", true);
        store.documents().mark(job.id(), new StagingMark("shop__staging", Optional.empty(), "shop__old", false));
        store.documents().mark(job.id(), made);
        assertEquals(Optional.of(made), store.documents().mark(job.id()));
        Report report = JobRecords.report(job.id());
        store.finish(job.id(), JobState.SUCCEEDED, Optional.empty());
        store.documents().saveReport(job.id(), report);
        assertEquals(Optional.of(report), store.documents().report(job.id()));
        assertEquals(ErrorCode.NOT_FOUND, codeOf(() -> store.documents().report("none")));
        assertThrows(CaravanException.class, () -> store.documents().mark("none", made));
    }
}
