package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What leaves a store when it is old, and what stays, whichever database it lives in. */
abstract class PruningScenarios extends OpenedStore {
    private static final Duration DAY = Duration.ofDays(1);

    private CopyJob ended(JobState end, Optional<String> schedule) {
        store.create(CopyRequest.of("source", "target"), Optional.empty(), schedule);
        CopyJob running = store.claim().orElseThrow();
        if (end == JobState.CANCELLED) {
            store.requestCancel(running.id());
        }
        return store.finish(running.id(), end, Optional.empty());
    }

    private CopyJob ended(JobState end) {
        return ended(end, Optional.empty());
    }

    private void pruneAfter(Duration passed, int days) {
        clock.now = NOON.plus(passed);
        opened.pruning(new Retention(Optional.of(DAY.multipliedBy(days)), Optional.of(DAY.multipliedBy(days))))
                .prune();
    }

    private boolean there(CopyJob job) {
        return store.list(Optional.empty(), Optional.empty(), 200, Optional.empty()).items().stream()
                .anyMatch(one -> one.id().equals(job.id()));
    }

    private static ScheduleFire fire(String schedule, Instant at) {
        return new ScheduleFire(
                schedule, at, ScheduleFire.Outcome.CLAIMED, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void jobsThatEndedLongAgoLeaveWithEverythingThatIsTheirs() {
        opened.deliveries().declare("chat");
        CopyJob failed = ended(JobState.FAILED);
        CopyJob cancelled = ended(JobState.CANCELLED);
        opened.deliveries().announce("chat", JobState.ended(), Set.of());
        clock.now = NOON.plus(DAY);
        CopyJob younger = ended(JobState.SUCCEEDED);
        pruneAfter(DAY.multipliedBy(10), 10);
        assertTrue(there(failed) && there(cancelled), "a job of ten days is not older than ten days");
        pruneAfter(DAY.multipliedBy(10).plusSeconds(1), 10);
        assertEquals(List.of(false, false, true), List.of(there(failed), there(cancelled), there(younger)));
        assertThrows(CaravanException.class, () -> store.events(failed.id(), 0, 10));
        assertEquals(
                Optional.empty(), opened.deliveries().take(Set.of("chat")), "nobody is told of a job that is gone");
    }

    @Test
    void manyJobsLeaveAtOnce() {
        for (int i = 0; i < 45; i++) {
            ended(JobState.FAILED);
        }
        pruneAfter(DAY.multipliedBy(11), 10);
        assertEquals(
                List.of(),
                store.list(Optional.empty(), Optional.empty(), 200, Optional.empty())
                        .items());
    }

    @Test
    void aJobThatRunsOrLeftSomethingBehindStaysWhateverItsAge() {
        CopyJob untidied = ended(JobState.FAILED);
        store.documents().mark(untidied.id(), new StagingMark("s", Optional.empty(), "p", false));
        store.create(CopyRequest.of("source", "target"), Optional.empty());
        CopyJob running = store.claim().orElseThrow();
        store.create(CopyRequest.of("source", "another"), Optional.empty());
        pruneAfter(DAY.multipliedBy(1000), 1);
        assertTrue(there(untidied) && there(running));
        assertEquals(1, store.countByState().get(JobState.QUEUED));
    }

    @Test
    void aSchedulesLastTimeAndLastSuccessStay() {
        ScheduleStore schedules = opened.schedules();
        schedules.declare("nightly", "x");
        CopyJob early = ended(JobState.SUCCEEDED, Optional.of("nightly"));
        CopyJob last = ended(JobState.SUCCEEDED, Optional.of("nightly"));
        CopyJob failed = ended(JobState.FAILED, Optional.of("nightly"));
        for (int night = 0; night < 3; night++) {
            Instant at = NOON.minus(DAY.multipliedBy(night));
            assertTrue(schedules.claim("nightly", at));
            schedules.started(fire("nightly", at));
        }
        pruneAfter(DAY.multipliedBy(100), 10);
        assertEquals(List.of(false, true, false), List.of(there(early), there(last), there(failed)));
        assertEquals(Optional.of(NOON), schedules.lastSuccess("nightly"));
        assertEquals(NOON, schedules.last("nightly").orElseThrow().at());
        assertTrue(schedules.claim("nightly", NOON.minus(DAY)), "an earlier time is still there");
    }

    @Test
    void auditEventsAreKeptForTheirOwnTime() {
        CopyJob job = ended(JobState.SUCCEEDED);
        opened.audit().append("ci", "operator", "::1", "createCopyJob", "/", 202, Optional.empty(), Optional.empty());
        clock.now = NOON.plus(DAY.multipliedBy(20));
        opened.audit().append("ci", "operator", "::1", "cancelCopyJob", "/", 202, Optional.empty(), Optional.empty());
        opened.pruning(new Retention(Optional.empty(), Optional.of(DAY.multipliedBy(10))))
                .prune();
        assertEquals(
                List.of("cancelCopyJob"),
                opened.audit().list(10, Optional.empty()).items().stream()
                        .map(AuditEvent::operation)
                        .toList());
        assertTrue(there(job), "jobs are kept for ever here");
        opened.pruning(new Retention(Optional.of(DAY), Optional.empty())).prune();
        assertEquals(1, opened.audit().list(10, Optional.empty()).items().size());
    }
}
