package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has a service search a source and follows the search to its end.
 *
 * <p>{@link #run} belongs to one thread; {@link #leave} may be called by another.
 */
final class ScanWatch {
    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED");

    private final CopyService service;
    private final JobWatch.Patience patience;
    private final Consumer<String> note;
    private final CountDownLatch left = new CountDownLatch(1);
    private final long begun = System.nanoTime();

    /** @param note is told what the caller should know while it waits */
    ScanWatch(CopyService service, JobWatch.Patience patience, Consumer<String> note) {
        this.service = service;
        this.patience = patience;
        this.note = note;
    }

    /** Has {@link #run} return; the search goes on in the service. */
    void leave() {
        left.countDown();
    }

    /** @return the search as it ended, or why its end is not known */
    Answer run(JsonNode request) {
        Answer answer = service.scan(request);
        if (answer.refusal().isPresent() || ended(answer)) {
            return answer;
        }
        String id = answer.body().orElseThrow().path("id").asText();
        Optional<Duration> silentSince = Optional.empty();
        // What the answer to POST names is for callers who look now and then.
        Duration wait = patience.next(Duration.ZERO);
        while (true) {
            if (left(wait)) {
                return Answer.none(Refusal.of(
                        "left", "The search goes on in the service.", "Ask for it: GET /api/v1/pii-scans/" + id));
            }
            answer = service.scan(id);
            wait = answer.retryAfter().orElse(patience.next(elapsed()));
            if (answer.refusal().isEmpty()) {
                silentSince = Optional.empty();
            } else if (silentSince.isEmpty() && answer.passing()) {
                note.accept("The service does not answer; trying again. The search does not depend on this command.");
                silentSince = Optional.of(elapsed());
            }
            boolean lost = answer.refusal().isPresent()
                    && (silentSince.isEmpty()
                            || elapsed().minus(silentSince.get()).compareTo(patience.outage()) > 0);
            if (lost || ended(answer)) {
                return answer;
            }
        }
    }

    private static boolean ended(Answer answer) {
        return answer.refusal().isEmpty()
                && ENDS.contains(answer.body().orElseThrow().path("state").asText());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private boolean left(Duration wait) {
        try {
            return left.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
