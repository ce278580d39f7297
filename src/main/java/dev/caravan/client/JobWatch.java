package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Has a service run one job and follows it to its end.
 *
 * <p>{@link #run} belongs to one thread; {@link #cancel} may be called by another.
 */
final class JobWatch {
    /**
     * How often things are asked and how long the service may be away.
     *
     * @param interval between two questions at most
     */
    record Patience(Duration interval, Duration outage, Duration queue) {
        private static final Duration SHORTEST = Duration.ofMillis(50);

        static final Patience USUAL =
                new Patience(Duration.ofMillis(400), Duration.ofSeconds(60), Duration.ofSeconds(60));

        private static final int QUESTIONS_A_COPY = 40;

        /** Until the next question: short at first, so that a small copy is not waited for much longer than it takes. */
        Duration next(Duration elapsed) {
            Duration share = elapsed.dividedBy(QUESTIONS_A_COPY);
            Duration wait = share.compareTo(SHORTEST) < 0 ? SHORTEST : share;
            return wait.compareTo(interval) < 0 ? wait : interval;
        }
    }

    static final int SUCCEEDED = 0;
    static final int NOT_COPIED = 1;
    static final int REFUSED = 2;

    private final CopyService service;
    private final Display display;
    private final Patience patience;
    private final LinkedBlockingQueue<Boolean> cancels = new LinkedBlockingQueue<>();
    private final Rates rates = new Rates();
    private final long begun = System.nanoTime();

    private List<TableView> tables = List.of();
    private Duration tablesAgainAt = Duration.ZERO;
    private Map<String, Long> speeds = Map.of();
    private boolean cancelSent;

    JobWatch(CopyService service, Display display, Patience patience) {
        this.service = service;
        this.display = display;
        this.patience = patience;
    }

    /** Asks for the job to be cancelled; only the first call counts. */
    void cancel() {
        cancels.add(true);
    }

    /**
     * @param request the body of the request
     * @return the exit code
     */
    int run(JsonNode request) {
        Answer answer = created(request);
        Optional<JobView> job = answer.body().flatMap(JobView::of);
        if (answer.refusal().isPresent() || job.isEmpty()) {
            display.refused(answer.refusal().orElseGet(() -> CopyService.notOurs("Its answer is no copy job.")));
            return REFUSED;
        }
        return follow(job.get(), answer);
    }

    /** The same key with every try: an answer that was lost on the way does not make a second job. */
    private Answer created(JsonNode request) {
        String key = UUID.randomUUID().toString();
        Duration waited = Duration.ZERO;
        while (true) {
            Answer answer = service.create(request, key);
            Duration wait = answer.retryAfter().orElse(Duration.ofSeconds(2));
            boolean again = answer.passing() && (answer.status() != 0 || waited.isZero());
            if (!again || waited.plus(wait).compareTo(patience.queue()) > 0) {
                return answer;
            }
            if (answer.status() != 0) {
                display.note("The service cannot take the job yet; asking again in "
                        + Text.counted(wait.toSeconds(), "second", "seconds") + ".");
            } else {
                wait = patience.interval();
            }
            waited = waited.plus(wait);
            if (pause(wait)) {
                return Answer.none(Refusal.of("cancelled", "Cancelled before a job was made.", ""));
            }
        }
    }

    private int follow(JobView first, Answer created) {
        JobView job = first;
        JsonNode json = created.body().orElseThrow();
        // The answer to POST may bear the tag of another representation: the first GET asks without one.
        Optional<String> etag = Optional.empty();
        Optional<Duration> silentSince = Optional.empty();
        // What the answer to POST names is for callers who look now and then.
        Duration wait = patience.next(Duration.ZERO);
        boolean changed = true;
        while (true) {
            show(job, json, changed);
            if (job.ended()) {
                display.ended(job, json, service.report(job.id()));
                return job.succeeded() ? SUCCEEDED : NOT_COPIED;
            }
            if (pause(wait) && !cancelSent) {
                cancelSent = true;
                sendCancel(job);
            }
            Answer answer = service.job(job.id(), etag);
            wait = answer.retryAfter().orElse(patience.next(elapsed()));
            changed = false;
            if (answer.status() == 304) {
                silentSince = Optional.empty();
                continue;
            }
            Optional<JobView> next = answer.body().flatMap(JobView::of);
            if (answer.refusal().isEmpty() && next.isPresent()) {
                silentSince = Optional.empty();
                job = next.get();
                json = answer.body().get();
                etag = answer.etag();
                changed = true;
                continue;
            }
            if (silentSince.isEmpty() && answer.passing()) {
                display.note("The service does not answer; trying again. The job does not depend on this command.");
                silentSince = Optional.of(elapsed());
            }
            boolean over =
                    silentSince.isEmpty() || elapsed().minus(silentSince.get()).compareTo(patience.outage()) > 0;
            if (over) {
                display.note("The job was left to itself; ask for it at " + service.address(job.id()) + " later.");
                display.refused(answer.refusal().orElseGet(() -> CopyService.notOurs("Its answer is no copy job.")));
                return REFUSED;
            }
        }
    }

    private void sendCancel(JobView job) {
        display.note("Cancelling the job, and waiting for it to end.");
        Answer answer = service.cancel(job.id());
        if (answer.status() == 0 || answer.status() >= 500) {
            display.note("The service did not take the cancellation; the job goes on: " + service.address(job.id()));
        }
    }

    private void show(JobView job, JsonNode json, boolean changed) {
        if (display.wantsTables()) {
            Duration before = elapsed();
            // However many tables there are, asking for them takes at most a fifth of the time.
            if (job.ended() || (changed && before.compareTo(tablesAgainAt) >= 0)) {
                List<TableView> asked = service.tables(job.id());
                tables = asked.isEmpty() ? tables : asked;
                tablesAgainAt = elapsed().plus(elapsed().minus(before).multipliedBy(4));
                speeds = rates.after(elapsed(), tables);
            }
        }
        display.frame(new Frame(job, tables, speeds, elapsed()), json, changed);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Waits; true when a cancellation is asked for, at once. */
    private boolean pause(Duration wait) {
        try {
            return cancels.poll(wait.toMillis(), TimeUnit.MILLISECONDS) != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
