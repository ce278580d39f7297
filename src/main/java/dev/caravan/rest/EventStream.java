package dev.caravan.rest;

import dev.caravan.job.JobEvent;
import dev.caravan.job.JobStore;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A job's events as server-sent events: those there are, then each new one, then {@code END}; and the job itself, {@code JOB}, whenever it has moved. Not a route of Camel's, since its
 * response writer holds back what is smaller than its buffer. Each stream runs on one event loop; the store is asked on worker threads, and
 * once for all streams of a job that have come to its present.
 */
final class EventStream {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern JOB_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Set<String> PARAMETERS = Set.of("after");
    /** Times that a feed had nothing: a quarter of a minute. */
    private static final int SILENT_UNTIL_HEARTBEAT = 30;

    private static final int MAX_STREAMS = 200;

    private final JobStore store;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, JobFeed> feeds = new ConcurrentHashMap<>();

    EventStream(JobStore store) {
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

    /** One caller's stream, on one event loop: what there is by its own questions, and what happens then from the job's feed. */
    private final class Stream implements JobFeed.Watcher {
        private final RoutingContext context;
        private final HttpServerResponse response;
        private final Context loop;
        private final String id;
        private long last;
        private long version = -1;
        private int silent;
        private boolean closed;
        private Optional<JobFeed> feed = Optional.empty();

        Stream(RoutingContext context, String id, long last) {
            this.context = context;
            this.response = context.response();
            this.loop = context.vertx().getOrCreateContext();
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
            context.vertx()
                    .executeBlocking(() -> JobFeed.ask(store, id, last), false)
                    .onComplete(asked -> {
                        if (closed) {
                            return;
                        }
                        if (asked.failed()) {
                            failed(asked.cause());
                        } else if (!write(asked.result())) {
                            if (JobFeed.full(asked.result())) {
                                ask();
                            } else {
                                join();
                            }
                        }
                    });
        }

        private void join() {
            JobFeed joined;
            do {
                joined = feeds.computeIfAbsent(
                        id,
                        unused -> new JobFeed(
                                context.vertx(), from -> JobFeed.ask(store, id, from), last, () -> feeds.remove(id)));
            } while (!joined.join(this));
            feed = Optional.of(joined);
        }

        @Override
        public void take(JobFeed.Batch batch) {
            loop.runOnContext(unused -> {
                if (closed || feed.isEmpty()) {
                    return;
                }
                if (last < batch.before() || response.writeQueueFull()) {
                    // It has missed some, or would gather more than it reads: it goes on by itself.
                    leave();
                    ask();
                } else {
                    write(batch);
                }
            });
        }

        @Override
        public void fail(Throwable thrown) {
            loop.runOnContext(unused -> {
                if (!closed) {
                    failed(thrown);
                }
            });
        }

        /** @return whether that was the end */
        private boolean write(JobFeed.Batch batch) {
            if (!response.headWritten()) {
                response.setChunked(true)
                        .putHeader("Content-Type", MediaTypes.EVENT_STREAM)
                        .putHeader("Cache-Control", "no-store")
                        .write("retry: 2000\n\n");
            }
            List<JobEvent> events = batch.events();
            if (!events.isEmpty()) {
                if (last == batch.before()) {
                    response.write(batch.text());
                } else {
                    events.stream()
                            .filter(event -> event.sequence() > last)
                            .forEach(event -> response.write(JobFeed.text(event)));
                }
                last = Math.max(last, events.get(events.size() - 1).sequence());
            }
            if (batch.version() != version) {
                version = batch.version();
                response.write(batch.job());
            }
            if (batch.end().isPresent()) {
                response.end("event: END\ndata: {\"state\":\"" + batch.end().get() + "\"}\n\n");
                close();
                return true;
            }
            silent = events.isEmpty() ? silent + 1 : 0;
            if (silent == SILENT_UNTIL_HEARTBEAT) {
                silent = 0;
                response.write(": still there\n\n");
            }
            return false;
        }

        private void failed(Throwable thrown) {
            close();
            if (response.headWritten()) {
                response.end();
            } else {
                FrontDoor.send(context, Problems.reply(thrown));
            }
        }

        private void leave() {
            feed.ifPresent(left -> left.leave(this));
            feed = Optional.empty();
        }

        private void close() {
            if (!closed) {
                closed = true;
                leave();
                open.decrementAndGet();
            }
        }
    }
}
