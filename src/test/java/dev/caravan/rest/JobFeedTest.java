package dev.caravan.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.job.JobEvent;
import dev.caravan.job.JobState;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However many watch a job, its events are asked for once. */
class JobFeedTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger endings = new AtomicInteger();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static final class Watching implements JobFeed.Watcher {
        private final List<JobFeed.Batch> taken = new CopyOnWriteArrayList<>();
        private final List<Throwable> failures = new CopyOnWriteArrayList<>();

        @Override
        public void take(JobFeed.Batch batch) {
            taken.add(batch);
        }

        @Override
        public void fail(Throwable thrown) {
            failures.add(thrown);
        }
    }

    /** An event each time it is asked, until the third; then the job's end. */
    private JobFeed.Batch answer(long last) {
        asked.incrementAndGet();
        List<JobEvent> events = last >= 3
                ? List.of()
                : List.of(new JobEvent(last + 1, Instant.EPOCH, JobEvent.Type.PHASE, "phase " + (last + 1)));
        return new JobFeed.Batch(
                last,
                events,
                Buffer.buffer(),
                1,
                Buffer.buffer(),
                Optional.of(JobState.SUCCEEDED).filter(state -> events.isEmpty()));
    }

    private static Watching watching(JobFeed feed) {
        Watching watcher = new Watching();
        assertTrue(feed.join(watcher));
        return watcher;
    }

    @Test
    void fiftyWatchersCostAsManyQuestionsAsOne() {
        JobFeed feed = new JobFeed(vertx, this::answer, 0, endings::incrementAndGet);
        List<Watching> watchers =
                Stream.generate(() -> watching(feed)).limit(50).toList();
        Awaitility.await().until(() -> watchers.stream().allMatch(watcher -> watcher.taken.size() == 4));
        assertEquals(4, asked.get());
        for (Watching watcher : watchers) {
            assertEquals(
                    List.of(0L, 1L, 2L, 3L),
                    watcher.taken.stream().map(JobFeed.Batch::before).toList());
            assertEquals(Optional.of(JobState.SUCCEEDED), watcher.taken.get(3).end());
        }
        assertEquals(1, endings.get());
        assertFalse(feed.join(new Watching()), "a feed that has ended takes nobody in");
    }

    @Test
    void aFeedEndsWithItsLastWatcherAndTellsAllOfAFailure() {
        JobFeed left = new JobFeed(vertx, this::answer, 0, endings::incrementAndGet);
        Watching watcher = watching(left);
        left.leave(watcher);
        Awaitility.await().until(() -> endings.get() == 1);
        assertEquals(0, asked.get());

        JobFeed failing = new JobFeed(
                vertx,
                last -> {
                    throw new IllegalStateException("the store is gone");
                },
                0,
                endings::incrementAndGet);
        Watching one = watching(failing);
        Watching other = watching(failing);
        Awaitility.await().until(() -> one.failures.size() == 1 && other.failures.size() == 1);
        assertEquals(2, endings.get());
    }
}
