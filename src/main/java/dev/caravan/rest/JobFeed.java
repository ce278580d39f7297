package dev.caravan.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.job.CopyJob;
import dev.caravan.job.JobEvent;
import dev.caravan.job.JobState;
import dev.caravan.job.JobStore;
import dev.caravan.job.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A job's events for all who watch it: the store is asked once for all of them, and each event is written as text once. It ends when nobody
 * watches any more, or with the job. Thread-safe.
 */
final class JobFeed {
    /** Who watches. Called one at a time, on whatever thread. */
    interface Watcher {
        void take(Batch batch);

        void fail(Throwable thrown);
    }

    /**
     * What has happened since the feed last asked.
     *
     * @param before the sequence of the event before the first of these
     * @param events in their order
     * @param text all of them as the stream has them
     * @param version of the job as it is now
     * @param job the job as the stream has it
     * @param end the state that the job has ended in, once nothing more comes
     */
    record Batch(long before, List<JobEvent> events, Buffer text, long version, Buffer job, Optional<JobState> end) {}

    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final int MOST = 200;

    private final Vertx vertx;
    private final LongFunction<Batch> asking;
    /** To be called once when nobody is served any more. */
    private final Runnable onEnd;

    private final List<Watcher> watchers = new ArrayList<>();
    private long last;
    private boolean ended;

    /**
     * @param asking gives what has happened after an event
     * @param last the sequence of the last event that its first watcher has
     */
    JobFeed(Vertx vertx, LongFunction<Batch> asking, long last, Runnable onEnd) {
        this.vertx = vertx;
        this.asking = asking;
        this.last = last;
        this.onEnd = onEnd;
        later();
    }

    /** Asks a store: events after {@code last}, and the end when there are none and the job has ended. */
    static Batch ask(JobStore store, String jobId, long last) {
        // The job first: what is appended after it was seen to have ended is not missed.
        CopyJob job = store.get(jobId);
        List<JobEvent> events = store.events(jobId, last, MOST);
        Buffer text = Buffer.buffer();
        events.forEach(event -> text.appendString(text(event)));
        return new Batch(
                last,
                events,
                text,
                job.version(),
                Buffer.buffer("event: JOB\ndata: " + json(JobView.of(job)) + "\n\n"),
                Optional.of(job.state()).filter(state -> events.isEmpty() && state.terminal()));
    }

    /** Whether there may be more than these at once. */
    static boolean full(Batch batch) {
        return batch.events().size() == MOST;
    }

    static String text(JobEvent event) {
        return "id: " + event.sequence() + "\nevent: " + event.type() + "\ndata: " + json(event) + "\n\n";
    }

    private static String json(Object record) {
        try {
            return Json.MAPPER.writeValueAsString(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record is always JSON", e);
        }
    }

    /** @return false when it has ended: another one has to be begun */
    synchronized boolean join(Watcher watcher) {
        if (!ended) {
            watchers.add(watcher);
        }
        return !ended;
    }

    synchronized void leave(Watcher watcher) {
        watchers.remove(watcher);
    }

    private void later() {
        vertx.setTimer(PERIOD.toMillis(), due -> poll());
    }

    private void poll() {
        if (endWithoutWatchers()) {
            return;
        }
        vertx.executeBlocking(() -> asking.apply(reached()), false).onComplete(asked -> {
            if (asked.failed()) {
                end().forEach(watcher -> watcher.fail(asked.cause()));
                return;
            }
            Batch batch = asked.result();
            List<Watcher> told = batch.end().isPresent() ? end() : advance(batch);
            told.forEach(watcher -> watcher.take(batch));
            if (batch.end().isPresent()) {
                return;
            }
            if (full(batch)) {
                poll();
            } else {
                later();
            }
        });
    }

    private synchronized List<Watcher> advance(Batch batch) {
        if (!batch.events().isEmpty()) {
            last = batch.events().get(batch.events().size() - 1).sequence();
        }
        return List.copyOf(watchers);
    }

    private synchronized long reached() {
        return last;
    }

    private synchronized boolean endWithoutWatchers() {
        if (watchers.isEmpty()) {
            end();
        }
        return ended;
    }

    private synchronized List<Watcher> end() {
        ended = true;
        onEnd.run();
        return List.copyOf(watchers);
    }
}
