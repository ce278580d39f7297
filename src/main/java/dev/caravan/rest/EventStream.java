package dev.caravan.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.job.CopyJob;
import dev.caravan.job.JobEvent;
import dev.caravan.job.JobStore;
import dev.caravan.job.Json;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A job's events as server-sent events: those there are, then each new one, then {@code END}. Not a route of Camel's, since its
 * response writer holds back what is smaller than its buffer. Each stream runs on one event loop and asks the store on a worker
 * thread, one question at a time.
 */
public final class EventStream {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern JOB_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Set<String> PARAMETERS = Set.of("after");
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int POLLS_UNTIL_HEARTBEAT = 30;
    private static final int BATCH = 200;
    private static final int MAX_STREAMS = 200;

    private final JobStore store;
    private final AtomicInteger open = new AtomicInteger();

    public EventStream(JobStore store) {
        this.store = store;
    }

    void mount(Router router) {
        router.route(HttpMethod.GET, Contract.BASE + "/copy-jobs/:id/events")
                .order(-20)
                .handler(this::handle);
    }

    private void handle(RoutingContext context) {
        List<String> offered = List.of(MediaTypes.JSON, MediaTypes.EVENT_STREAM);
        boolean wanted = MediaTypes.best(context.request().getHeader("Accept"), offered)
                .filter(MediaTypes.EVENT_STREAM::equals)
                .isPresent();
        String id = context.pathParam("id");
        if (!wanted || !JOB_ID.matcher(id).matches()) {
            // The route of the same address answers, with JSON or with a problem.
            context.next();
            return;
        }
        Map<String, List<String>> parameters = Query.of(context.request().uri());
        String received = context.request().getHeader("Last-Event-ID");
        String from = received != null
                ? received
                : parameters.getOrDefault("after", List.of("0")).get(0);
        if (!PARAMETERS.containsAll(parameters.keySet())
                || parameters.values().stream().anyMatch(values -> values.size() > 1)
                || !NUMBER.matcher(from).matches()) {
            FrontDoor.refuse(context, Problems.validation("A parameter of the event stream is not valid."));
            return;
        }
        if (open.incrementAndGet() > MAX_STREAMS) {
            open.decrementAndGet();
            FrontDoor.refuse(
                    context,
                    CaravanException.of(
                            ErrorCode.QUEUE_FULL,
                            MAX_STREAMS + " event streams are open, and no more may be.",
                            "Close one, or ask for the events as JSON."));
            return;
        }
        new Stream(context, id, Long.parseLong(from)).begin();
    }

    /** What one question to the store gives. */
    private record Answer(CopyJob job, List<JobEvent> events) {}

    /** One caller's stream, on one event loop. */
    private final class Stream {
        private final RoutingContext context;
        private final HttpServerResponse response;
        private final Vertx vertx;
        private final String id;
        private long last;
        private int silentPolls;
        private boolean closed;

        Stream(RoutingContext context, String id, long last) {
            this.context = context;
            this.response = context.response();
            this.vertx = context.vertx();
            this.id = id;
            this.last = last;
        }

        void begin() {
            response.closeHandler(gone -> close());
            response.exceptionHandler(gone -> close());
            ask();
        }

        private void ask() {
            if (closed) {
                return;
            }
            if (response.writeQueueFull()) {
                // A slow reader is waited for; nothing is gathered for it meanwhile.
                response.drainHandler(drained -> ask());
                return;
            }
            // The job first: what is appended after it was seen to have ended is not missed.
            vertx.executeBlocking(() -> new Answer(store.get(id), store.events(id, last, BATCH)), false)
                    .onComplete(asked -> {
                        if (closed) {
                            return;
                        }
                        if (asked.succeeded()) {
                            write(asked.result());
                        } else {
                            fail(asked.cause());
                        }
                    });
        }

        private void write(Answer answer) {
            if (!response.headWritten()) {
                response.setChunked(true)
                        .putHeader("Content-Type", MediaTypes.EVENT_STREAM)
                        .putHeader("Cache-Control", "no-store")
                        .write("retry: 2000\n\n");
            }
            for (JobEvent event : answer.events()) {
                response.write(
                        "id: " + event.sequence() + "\nevent: " + event.type() + "\ndata: " + json(event) + "\n\n");
                last = event.sequence();
            }
            if (answer.events().isEmpty() && answer.job().state().terminal()) {
                response.end("event: END\ndata: {\"state\":\"" + answer.job().state() + "\"}\n\n");
                close();
                return;
            }
            if (answer.events().size() == BATCH) {
                ask();
                return;
            }
            silentPolls = answer.events().isEmpty() ? silentPolls + 1 : 0;
            if (silentPolls == POLLS_UNTIL_HEARTBEAT) {
                silentPolls = 0;
                response.write(": still there\n\n");
            }
            vertx.setTimer(POLL.toMillis(), due -> ask());
        }

        private void fail(Throwable thrown) {
            close();
            if (response.headWritten()) {
                response.end();
            } else {
                FrontDoor.send(context, Problems.reply(thrown));
            }
        }

        private void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }

    private static String json(JobEvent event) {
        try {
            return Json.MAPPER.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event is always JSON", e);
        }
    }
}
