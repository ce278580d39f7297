package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.job.DeliveryStore.Delivery;
import dev.caravan.job.ScheduleFire.Outcome;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises of schedules and webhooks, whichever database it lives in. */
abstract class ScheduleStoreScenarios extends OpenedStore {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<JobState> ENDS = EnumSet.of(JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED);

    private ScheduleStore schedules;
    private DeliveryStore deliveries;

    @BeforeEach
    void stores() {
        schedules = opened.schedules();
        deliveries = opened.deliveries();
    }

    private ScheduleFire claimed(String schedule, Instant at) {
        schedules.declare(schedule, "0 0 2 * * ? UTC");
        assertTrue(schedules.claim(schedule, at));
        return fire(schedule, at);
    }

    private static ScheduleFire fire(String schedule, Instant at) {
        return new ScheduleFire(schedule, at, Outcome.CLAIMED, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private CopyJob run(ScheduleFire fire, String target) {
        return store.create(
                        CopyRequest.of("source", target),
                        Optional.of(fire.idempotencyKey()),
                        Optional.of(fire.schedule()))
                .job();
    }

    private CopyJob succeeded(String target) {
        store.create(CopyRequest.of("source", target), Optional.empty());
        return store.finish(store.claim().orElseThrow().id(), JobState.SUCCEEDED, Optional.empty());
    }

    @Test
    void ofManyThatClaimATimeOneGetsIt() throws Exception {
        schedules.declare("nightly", "x");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> claims = IntStream.range(0, 8)
                    .mapToObj(i -> (Callable<Boolean>) () -> schedules.claim("nightly", NOON))
                    .toList();
            int got = 0;
            for (Future<Boolean> claim : threads.invokeAll(claims)) {
                got += claim.get() ? 1 : 0;
            }
            assertEquals(1, got);
        } finally {
            threads.shutdownNow();
        }
        assertTrue(schedules.claim("nightly", NOON.plusSeconds(1)));
        schedules.declare("weekly", "x");
        assertTrue(schedules.claim("weekly", NOON));
    }

    @Test
    void aScheduleBeginsAnewWithOtherTimesOnly() {
        schedules.declare("nightly", "at two");
        clock.now = NOON.plusSeconds(60);
        schedules.declare("nightly", "at two");
        assertEquals(NOON, schedules.standing("nightly").since());
        schedules.declare("nightly", "at three");
        assertEquals(NOON.plusSeconds(60), schedules.standing("nightly").since());
    }

    @Test
    void whatWasSaidOfPausingIsKept() {
        schedules.declare("nightly", "x");
        assertEquals(Optional.empty(), schedules.standing("nightly").paused());
        schedules.pause("nightly");
        schedules.declare("nightly", "y");
        assertEquals(Optional.of(true), schedules.standing("nightly").paused());
        clock.now = NOON.plusSeconds(60);
        schedules.resume("nightly");
        assertEquals(
                new ScheduleStore.Standing(NOON.plusSeconds(60), Optional.of(false)), schedules.standing("nightly"));
    }

    @Test
    void aTimeThatANodeLeftIsTakenAgainByOne() {
        ScheduleFire fire = claimed("nightly", NOON);
        assertEquals(List.of(), schedules.open(PATIENCE));
        assertFalse(schedules.claimAgain(fire, PATIENCE));
        clock.now = NOON.plus(PATIENCE).plusMillis(1);
        assertEquals(List.of(fire), schedules.open(PATIENCE));
        assertTrue(schedules.claimAgain(fire, PATIENCE));
        assertFalse(schedules.claimAgain(fire, PATIENCE));
    }

    @Test
    void aSecondTryOfATimeIsTheSameJob() {
        ScheduleFire fire = claimed("nightly", NOON);
        CopyJob job = run(fire, "target");
        assertEquals(Optional.of("nightly"), job.schedule());
        assertEquals(Optional.empty(), schedules.activeBeside(fire));
        assertEquals(job.id(), run(fire, "target").id());
        schedules.started(fire);
        ScheduleFire last = schedules.last("nightly").orElseThrow();
        assertEquals(Outcome.STARTED, last.outcome());
        assertEquals(Optional.of(job.id()), last.jobId());
        assertEquals(Optional.of(job.id()), schedules.activeBeside(claimed("nightly", NOON.plusSeconds(1))));
        assertEquals("nightly", store.get(job.id()).schedule().orElseThrow());
    }

    @Test
    void aTimeThatWaitsIsOpenAtOnceAndOneThatIsRefusedNeverAgain() {
        Problem busy = Problem.of(CaravanException.of(ErrorCode.TARGET_BUSY, "Busy.", "Wait."));
        ScheduleFire first = claimed("nightly", NOON);
        schedules.notStarted(first, Outcome.WAITING, busy);
        assertEquals(
                List.of(Outcome.WAITING),
                schedules.open(PATIENCE).stream().map(ScheduleFire::outcome).toList());
        assertFalse(schedules.anotherWaits(first));
        assertTrue(schedules.anotherWaits(fire("nightly", NOON.plusSeconds(1))));
        assertFalse(schedules.anotherWaits(fire("weekly", NOON.plusSeconds(1))));
        schedules.notStarted(first, Outcome.REFUSED, busy);
        clock.now = NOON.plus(PATIENCE.multipliedBy(2));
        assertEquals(List.of(), schedules.open(PATIENCE));
        assertEquals(
                Optional.of("target-busy"),
                schedules.last("nightly").orElseThrow().code());
    }

    @Test
    void theLastSuccessIsTheSchedulesOwn() {
        run(claimed("nightly", NOON), "target");
        clock.now = NOON.plusSeconds(60);
        store.finish(store.claim().orElseThrow().id(), JobState.SUCCEEDED, Optional.empty());
        clock.now = NOON.plusSeconds(120);
        succeeded("target");
        assertEquals(Optional.of(NOON.plusSeconds(60)), schedules.lastSuccess("nightly"));
        assertEquals(Optional.empty(), schedules.lastSuccess("weekly"));
    }

    @Test
    void jobsThatEndAfterTheWebhookWasDeclaredAreToldOnce() {
        succeeded("before");
        clock.now = NOON.plusSeconds(1);
        deliveries.declare("chat");
        deliveries.declare("chat");
        CopyJob told = succeeded("after");
        deliveries.announce("chat", ENDS, Set.of());
        deliveries.announce("chat", ENDS, Set.of());
        Delivery delivery = deliveries.take(Set.of("chat")).orElseThrow();
        assertEquals(told.id(), delivery.jobId());
        assertEquals(1, delivery.attempts());
        assertEquals(Optional.empty(), deliveries.take(Set.of("chat")));
        deliveries.delivered(delivery);
        deliveries.announce("chat", ENDS, Set.of());
        clock.now = NOON.plusSeconds(600);
        assertEquals(Optional.empty(), deliveries.take(Set.of("chat")));
    }

    @Test
    void onlyEndsAndSchedulesThatAreAskedForAreTold() {
        deliveries.declare("chat");
        succeeded("a");
        run(claimed("nightly", NOON), "b");
        CopyJob failed = store.finish(
                store.claim().orElseThrow().id(),
                JobState.FAILED,
                Optional.of(Problem.of(CaravanException.of(ErrorCode.DISK_FULL, "Full.", "Free space."))));
        deliveries.announce("chat", EnumSet.of(JobState.SUCCEEDED), Set.of("nightly", "weekly"));
        assertEquals(Optional.empty(), deliveries.take(Set.of("chat")));
        deliveries.announce("chat", ENDS, Set.of("nightly", "weekly"));
        assertEquals(failed.id(), deliveries.take(Set.of("chat")).orElseThrow().jobId());
        assertEquals(Optional.empty(), deliveries.take(Set.of("chat")));
    }

    @Test
    void aDeliveryThatFailedWaitsAndOneWhoseNodeIsGoneIsTakenByAnother() {
        deliveries.declare("chat");
        succeeded("a");
        deliveries.announce("chat", ENDS, Set.of());
        assertEquals(Optional.empty(), deliveries.take(Set.of("another")));
        Delivery first = deliveries.take(Set.of("another", "chat")).orElseThrow();
        deliveries.tryAgain(first, NOON.plusSeconds(20));
        clock.now = NOON.plusSeconds(19);
        assertEquals(Optional.empty(), deliveries.take(Set.of("chat")));
        clock.now = NOON.plusSeconds(20);
        Delivery second = deliveries.take(Set.of("chat")).orElseThrow();
        assertEquals(2, second.attempts());
        assertEquals(first.id(), second.id());
        clock.now = clock.now.plusSeconds(61);
        assertEquals(3, deliveries.take(Set.of("chat")).orElseThrow().attempts());
        deliveries.giveUp(second);
        clock.now = clock.now.plusSeconds(3600);
        assertEquals(Optional.empty(), deliveries.take(Set.of("chat")));
    }

    @Test
    void twoThatTakeGetDifferentDeliveries() {
        deliveries.declare("chat");
        Set<String> jobs = new HashSet<>();
        for (String target : List.of("a", "b", "c")) {
            jobs.add(succeeded(target).id());
        }
        deliveries.announce("chat", ENDS, Set.of());
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            taken.add(deliveries.take(Set.of("chat")).orElseThrow().jobId());
        }
        assertEquals(jobs, taken);
    }
}
