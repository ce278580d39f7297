package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many callers at once: every store behaves as if they came one after the other. */
abstract class JobRacesScenarios extends OpenedStore {
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
        reopen("node-1", 5);
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
}
