package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises, whichever database it lives in. */
abstract class JobStoreScenarios {
    static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    static final Duration LEASE = Duration.ofSeconds(30);

    /** Stands still until it is told to go on. */
    static final class TestClock extends Clock {
        volatile Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    final TestClock clock = new TestClock();
    JobStore store;

    /** An empty database's settings, new for each test. */
    abstract StoreSettings settings(String node, int queueLimit) throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = JobStore.open(settings("node-1", 100), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private JobStore reopened(String node, int queueLimit) throws Exception {
        store.close();
        store = JobStore.open(settings(node, queueLimit), clock);
        return store;
    }

    final CopyJob created(String target) {
        return store.create(CopyRequest.of("shop-prod", target), Optional.empty())
                .job();
    }

    private CopyJob running(String target) {
        created(target);
        return store.claim().orElseThrow();
    }

    private static ErrorCode codeOf(Callable<?> call) {
        return assertThrows(CaravanException.class, call::call).code();
    }

    private List<String> messages(String id) {
        return store.events(id, 0, 100).stream().map(JobEvent::message).toList();
    }

    private static TableProgress table(String name, long rows) {
        return new TableProgress(
                TableName.parse(name),
                TableProgress.State.COPYING,
                "binary",
                2,
                rows,
                10 * rows,
                OptionalLong.of(4096),
                new Progress.Indexes(3, 1),
                17,
                0);
    }

    @Test
    void anAcceptedJobWaitsAndIsRead() {
        CopyRequest request = new CopyRequest(
                "shop-prod",
                "shop-dev",
                Optional.of(true),
                Optional.of("default"),
                Map.of("public.customer", Map.of("email", "email", "phone", Map.of("mask", "partial", "keepLast", 4))),
                CopyRequest.OnExisting.FAIL_IF_NOT_EMPTY,
                CopyRequest.OnViolatedKey.FAIL,
                CopyRequest.Verify.CONTENT,
                CopyRequest.DatabaseProperties.SOURCE,
                Map.of("ticket", "OPS-12", "snow", "☃ \"'\\"));
        JobStore.Accepted accepted = store.create(request, Optional.empty());
        assertFalse(accepted.replayed());
        CopyJob job = accepted.job();
        assertEquals(
                new CopyJob(
                        job.id(),
                        JobState.QUEUED,
                        request,
                        0,
                        NOON,
                        Optional.empty(),
                        Optional.empty(),
                        Progress.none(NOON),
                        Optional.empty(),
                        1),
                job);
        assertEquals(job, store.get(job.id()));
        assertEquals(List.of(new JobEvent(1, NOON, JobEvent.Type.STATE, "Accepted.")), store.events(job.id(), 0, 10));
    }

    @Test
    void theSameKeyWithTheSameRequestIsTheSameJob() {
        Map<String, String> labels = Map.of("a", "1", "b", "2", "c", "3", "d", "4");
        CopyRequest request = new CopyRequest("p", "d", Optional.empty(), null, null, null, null, null, null, labels);
        CopyJob first = store.create(request, Optional.of("key")).job();
        CopyJob running = store.claim().orElseThrow();
        JobStore.Accepted again = store.create(request, Optional.of("key"));
        assertTrue(again.replayed());
        assertEquals(first.id(), again.job().id());
        assertEquals(running, again.job());
    }

    @Test
    void theSameKeyWithAnotherRequestIsRefused() {
        store.create(CopyRequest.of("shop-prod", "shop-dev"), Optional.of("key"));
        CopyRequest other = CopyRequest.of("shop-prod", "shop-test");
        assertEquals(ErrorCode.IDEMPOTENCY_KEY_REUSED, codeOf(() -> store.create(other, Optional.of("key"))));
        assertFalse(store.create(other, Optional.of("other key")).replayed());
    }

    @Test
    void aTargetHasOneActiveJob() {
        CopyJob first = created("shop-dev");
        CaravanException busy = assertThrows(CaravanException.class, () -> created("shop-dev"));
        assertEquals(ErrorCode.TARGET_BUSY, busy.code());
        assertEquals("/api/v1/copy-jobs/" + first.id(), busy.attributes().get("activeJob"));
        store.claim();
        assertEquals(ErrorCode.TARGET_BUSY, codeOf(() -> created("shop-dev")));
        store.requestCancel(first.id());
        assertEquals(ErrorCode.TARGET_BUSY, codeOf(() -> created("shop-dev")));
        store.finish(first.id(), JobState.CANCELLED, Optional.empty());
        assertEquals(JobState.QUEUED, created("shop-dev").state());
    }

    @Test
    void theDatabaseItselfKeepsATargetToOneActiveJob() throws SQLException {
        CopyJob first = created("shop-dev");
        store.requestCancel(first.id());
        created("shop-dev");
        assertThrows(
                SQLException.class, () -> sql("UPDATE copy_job SET state = 'RUNNING' WHERE id = '" + first.id() + "'"));
    }

    @Test
    void aFullQueueRefusesButReplays() throws Exception {
        reopened("node-1", 2);
        CopyRequest request = CopyRequest.of("shop-prod", "a");
        store.create(request, Optional.of("key"));
        created("b");
        assertEquals(ErrorCode.QUEUE_FULL, codeOf(() -> created("c")));
        assertTrue(store.create(request, Optional.of("key")).replayed());
        store.claim();
        created("c");
    }

    @Test
    void jobsAreClaimedInTheOrderOfTheirAcceptance() {
        CopyJob first = created("a");
        CopyJob second = created("b");
        clock.now = NOON.plusSeconds(5);
        CopyJob claimed = store.claim().orElseThrow();
        assertEquals(first.id(), claimed.id());
        assertEquals(JobState.RUNNING, claimed.state());
        assertEquals(1, claimed.attempt());
        assertEquals(Optional.of(clock.now), claimed.startedAt());
        assertEquals(2, claimed.version());
        assertEquals(second.id(), store.claim().orElseThrow().id());
        assertEquals(Optional.empty(), store.claim());
        assertEquals(List.of("Accepted.", "Attempt 1 began."), messages(first.id()));
    }

    @Test
    void aWaitingJobIsCancelledAtOnceAndARunningOneAskedTo() {
        CopyJob waiting = created("a");
        CopyJob cancelled = store.requestCancel(waiting.id());
        assertEquals(JobState.CANCELLED, cancelled.state());
        assertEquals(Optional.of(NOON), cancelled.finishedAt());
        assertEquals(Optional.empty(), store.claim());
        assertEquals(ErrorCode.JOB_NOT_CANCELLABLE, codeOf(() -> store.requestCancel(waiting.id())));

        CopyJob running = running("b");
        CopyJob cancelling = store.requestCancel(running.id());
        assertEquals(JobState.CANCELLING, cancelling.state());
        assertEquals(Optional.empty(), cancelling.finishedAt());
        assertEquals(cancelling, store.requestCancel(running.id()));
        assertEquals(List.of("Accepted.", "Attempt 1 began.", "Cancelling was asked for."), messages(running.id()));
        assertEquals(ErrorCode.NOT_FOUND, codeOf(() -> store.requestCancel("none")));
    }

    @Test
    void anEndedJobStaysAsItEnded() {
        CopyJob job = running("a");
        Problem problem = Problem.of(CaravanException.of(ErrorCode.DISK_FULL, "The disk is full.", "Free some.")
                .with("table", "public.customer"));
        clock.now = NOON.plusSeconds(60);
        CopyJob failed = store.finish(job.id(), JobState.FAILED, Optional.of(problem));
        assertEquals(JobState.FAILED, failed.state());
        assertEquals(Optional.of(problem), failed.error());
        assertEquals(Optional.of(clock.now), failed.finishedAt());
        clock.now = NOON.plusSeconds(90);
        assertEquals(failed, store.finish(job.id(), JobState.SUCCEEDED, Optional.empty()));
        store.saveProgress(job.id(), Progress.none(clock.now), List.of(table("public.late", 1)));
        assertEquals(failed, store.get(job.id()));
        assertEquals(List.of(), store.tables(job.id(), 10, Optional.empty()).items());
        assertEquals(List.of("Accepted.", "Attempt 1 began.", "Failed: disk-full."), messages(job.id()));
        assertEquals(ErrorCode.NOT_FOUND, codeOf(() -> store.finish("none", JobState.FAILED, Optional.empty())));
    }

    @Test
    void aJobEndsOnlyAsItsStateAllows() {
        CopyJob waiting = created("a");
        assertThrows(
                IllegalStateException.class, () -> store.finish(waiting.id(), JobState.SUCCEEDED, Optional.empty()));
        assertThrows(
                IllegalArgumentException.class, () -> store.finish(waiting.id(), JobState.RUNNING, Optional.empty()));
        CopyJob running = store.claim().orElseThrow();
        assertThrows(
                IllegalStateException.class, () -> store.finish(running.id(), JobState.CANCELLED, Optional.empty()));
        assertEquals(running, store.get(running.id()));
        store.requestCancel(running.id());
        assertEquals(
                JobState.SUCCEEDED,
                store.finish(running.id(), JobState.SUCCEEDED, Optional.empty()).state());
    }

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
    void aSearchWhoseProcessIsSilentHasFailedAndOneThatWaitsGoesOnWaiting() {
        PiiScanStore scans = store.piiScans();
        PiiScanRequest request = new PiiScanRequest("shop", Optional.empty(), List.of("public.*"), null, null);
        String running = scans.create(request, Optional.of("ci")).id();
        // Ids of one millisecond are in no order.
        clock.now = clock.now.plusSeconds(1);
        String waiting = scans.create(request, Optional.empty()).id();
        assertEquals(JobState.RUNNING, scans.start(running).orElseThrow().state());
        assertEquals(Optional.empty(), scans.start(running), "nobody runs it twice");
        clock.now = clock.now.plusSeconds(100);
        scans.progress(running, 7, 3);
        clock.now = clock.now.plusSeconds(100);
        assertEquals(3, scans.get(running).tablesDone());
        assertEquals(request, scans.get(running).request());
        clock.now = clock.now.plusSeconds(100);
        assertEquals("interrupted", scans.get(running).error().orElseThrow().code());
        assertEquals(JobState.QUEUED, scans.get(waiting).state());
        PiiScanReport report = new PiiScanReport(1, 2, 1, 3, 4, List.of(), List.of(), "policies:", List.of());
        scans.start(waiting);
        scans.succeeded(waiting, report);
        scans.failed(waiting, scans.get(running).error().orElseThrow());
        assertEquals(Optional.of(report), scans.get(waiting).report(), "an end is an end");
        assertEquals(
                List.of(waiting, running),
                scans.list(10).stream().map(PiiScan::id).toList());
        assertEquals(ErrorCode.NOT_FOUND, codeOf(() -> scans.get("none")));
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

    @Test
    void aJobWhoseLeaseRanOutIsAbandonedUnlessTheHeartbeatRenewsIt() throws SQLException {
        CopyJob job = running("a");
        CopyJob other = running("b");
        clock.now = NOON.plus(LEASE);
        assertEquals(List.of(), store.abandoned());
        store.requestCancel(other.id());
        sql("UPDATE copy_job SET lease_until = " + NOON.plus(LEASE).plus(LEASE).toEpochMilli()
                + " WHERE node = 'node-1' AND state IN ('RUNNING', 'CANCELLING') AND id = '" + job.id() + "'");
        clock.now = NOON.plus(LEASE).plusMillis(1);
        assertEquals(
                List.of(other.id()), store.abandoned().stream().map(CopyJob::id).toList());
        clock.now = clock.now.plus(LEASE);
        assertEquals(
                List.of(job.id(), other.id()),
                store.abandoned().stream().map(CopyJob::id).toList());
        store.finish(job.id(), JobState.FAILED, Optional.empty());
        store.finish(other.id(), JobState.CANCELLED, Optional.empty());
        assertEquals(List.of(), store.abandoned());
    }

    @Test
    void aRestartKeepsAllAndAbandonsWhatRan() throws Exception {
        CopyJob ran = running("a");
        CopyJob waits = created("b");
        store.documents().mark(ran.id(), new StagingMark("s", Optional.empty(), "p", false));
        reopened("node-1", 100);
        assertEquals(waits, store.get(waits.id()));
        assertEquals(
                List.of(ran.id()), store.abandoned().stream().map(CopyJob::id).toList());
        assertEquals("s", store.documents().mark(ran.id()).orElseThrow().staging());
        // The new process's heartbeat must not keep the dead one's job.
        sql("UPDATE copy_job SET lease_until = " + NOON.plus(LEASE).toEpochMilli()
                + " WHERE node = 'node-1' AND state IN ('RUNNING', 'CANCELLING')");
        assertEquals(1, store.abandoned().size());
        assertEquals(waits.id(), store.claim().orElseThrow().id());
    }

    @Test
    void aMoveWhoseEventCannotBeStoredDoesNotHappen() throws SQLException {
        CopyJob job = created("a");
        sql("ALTER TABLE copy_job_event RENAME TO elsewhere");
        assertEquals(ErrorCode.DATABASE, codeOf(() -> store.claim()));
        sql("ALTER TABLE elsewhere RENAME TO copy_job_event");
        assertEquals(job, store.get(job.id()));
        assertEquals(job.id(), store.claim().orElseThrow().id());
        assertEquals(List.of("Accepted.", "Attempt 1 began."), messages(job.id()));
    }

    @Test
    void ofManyCreatorsForOneTargetOneIsAccepted() throws Exception {
        List<Object> outcomes =
                together(16, i -> () -> outcome(() -> created("shop-dev").id()));
        assertEquals(1, outcomes.stream().filter(String.class::isInstance).count(), outcomes.toString());
        assertEquals(15, outcomes.stream().filter(ErrorCode.TARGET_BUSY::equals).count(), outcomes.toString());
    }

    @Test
    void manyCreatorsWithOneKeyMakeOneJob() throws Exception {
        CopyRequest request = CopyRequest.of("shop-prod", "shop-dev");
        List<JobStore.Accepted> outcomes = together(16, i -> () -> store.create(request, Optional.of("key")));
        assertEquals(
                1, outcomes.stream().filter(accepted -> !accepted.replayed()).count());
        assertEquals(
                1,
                outcomes.stream()
                        .map(accepted -> accepted.job().id())
                        .distinct()
                        .count());
    }

    @Test
    void manyCreatorsNeverOverfillTheQueue() throws Exception {
        reopened("node-1", 5);
        List<Object> outcomes =
                together(16, i -> () -> outcome(() -> created("t" + i).id()));
        assertEquals(5, outcomes.stream().filter(String.class::isInstance).count(), outcomes.toString());
        assertEquals(11, outcomes.stream().filter(ErrorCode.QUEUE_FULL::equals).count(), outcomes.toString());
    }

    @Test
    void manyClaimersTakeEachJobOnce() throws Exception {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            ids.add(created("t" + i).id());
        }
        List<List<String>> claims = together(8, i -> () -> {
            List<String> mine = new ArrayList<>();
            for (Optional<CopyJob> job = store.claim(); job.isPresent(); job = store.claim()) {
                mine.add(job.get().id());
            }
            return mine;
        });
        List<String> all = claims.stream().flatMap(List::stream).toList();
        assertEquals(50, all.size());
        assertEquals(ids, new HashSet<>(all));
    }

    @Test
    void cancelAndClaimOfOneJobAgreeOnItsState() throws Exception {
        for (int round = 0; round < 20; round++) {
            CopyJob job = created("t" + round);
            List<Optional<CopyJob>> both =
                    together(2, i -> i == 0 ? () -> store.claim() : () -> Optional.of(store.requestCancel(job.id())));
            JobState cancelled = both.get(1).orElseThrow().state();
            assertEquals(both.get(0).isPresent() ? JobState.CANCELLING : JobState.CANCELLED, cancelled);
            assertEquals(cancelled, store.get(job.id()).state());
        }
    }

    @Test
    void eventsOfManyWritersHaveNoGap() throws Exception {
        CopyJob job = created("a");
        together(8, i -> () -> {
            for (int n = 0; n < 10; n++) {
                store.append(job.id(), JobEvent.Type.TABLE, "one more");
            }
            return i;
        });
        assertEquals(
                IntStream.rangeClosed(1, 81).mapToObj(Long::valueOf).toList(),
                store.events(job.id(), 0, 1000).stream().map(JobEvent::sequence).toList());
    }

    /** Each failed call is its error's code. */
    private static Object outcome(Callable<String> call) throws Exception {
        try {
            return call.call();
        } catch (CaravanException e) {
            return e.code();
        }
    }

    /** Runs one task per thread, all let go at once. */
    private static <T> List<T> together(int threads, IntFunction<Callable<T>> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Callable<T> one = task.apply(i);
                futures.add(pool.submit(() -> {
                    start.await();
                    return one.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    static StoreSettings settingsOf(String url, String password, String node) {
        return new StoreSettings(url, "postgres", password, node, LEASE, 100);
    }

    static CaravanException refused(String url, String password) {
        CaravanException error = assertThrows(
                CaravanException.class, () -> JobStore.open(settingsOf(url, password, "node-9"), Clock.systemUTC())
                        .close());
        assertEquals(ErrorCode.CONFIGURATION, error.code(), error.getMessage());
        assertFalse(error.hint().isEmpty());
        assertFalse((error.getMessage() + error.hint() + error.attributes()).contains("s3cret"));
        return error;
    }

    final void sql(String statement) throws SQLException {
        try (Connection connection = store.dataSource().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
