package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store promises of a job, from its acceptance to its end, also when its process is no more. */
abstract class JobStoreScenarios extends OpenedStore {
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
        reopen("node-1", 2);
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
        reopen("node-1", 100);
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
}
