package dev.caravan.rest;

import dev.caravan.job.CopyJob;
import dev.caravan.job.JobStore;
import dev.caravan.job.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Answers the question that is asked far more often than all others, what a job's state is, at a fraction of what its route costs: the job is
 * read and written as JSON once for each of its versions, the store is asked for no more than the version, and not even that while nothing has
 * changed in it. Whatever is not that plain question goes the way of its route, where the contract judges it. Thread-safe.
 */
final class JobStatus {
    private static final String JOBS = Contract.BASE + "/copy-jobs/";
    private static final Pattern JOB_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"\\d{1,18}\"");
    private static final int MOST_KNOWN = 100;

    /**
     * A job as it was at one version.
     *
     * @param at the number of the store's changes at which that was seen to be its version
     */
    private record Known(long version, Buffer json, OptionalLong at) {
        String tag() {
            return '"' + String.valueOf(version) + '"';
        }
    }

    private final JobStore store;
    /** Those that were asked for last. */
    private final Map<String, Known> known = new LinkedHashMap<>(MOST_KNOWN, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    JobStatus(JobStore store) {
        this.store = store;
    }

    void mount(Router router) {
        router.route(HttpMethod.GET, JOBS + ":id").order(-20).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String id = context.pathParam("id");
        if (!JOB_ID.matcher(id).matches() || !request.uri().equals(JOBS + id) || !plain(request)) {
            context.next();
            return;
        }
        Known unchanged = known(id);
        if (unchanged != null && unchanged.at().isPresent() && unchanged.at().equals(store.changes())) {
            answer(request, unchanged);
            return;
        }
        context.vertx().executeBlocking(() -> now(id), false).onComplete(asked -> {
            if (asked.failed()) {
                FrontDoor.send(context, Problems.reply(asked.cause()));
            } else if (!request.response().closed()) {
                answer(request, asked.result());
            }
        });
    }

    /** Asked without a body, for JSON, and with no more than one tag of ours. */
    private static boolean plain(HttpServerRequest request) {
        List<String> tags = request.headers().getAll("If-None-Match");
        String length = request.getHeader("Content-Length");
        return (length == null || length.equals("0"))
                && !request.headers().contains("Transfer-Encoding")
                && request.headers().getAll("Accept").size() <= 1
                && MediaTypes.best(request.getHeader("Accept"), List.of(MediaTypes.JSON))
                        .isPresent()
                && (tags.isEmpty()
                        || tags.size() == 1 && TAG.matcher(tags.get(0)).matches());
    }

    private static void answer(HttpServerRequest request, Known job) {
        HttpServerResponse response = request.response().putHeader("ETag", job.tag());
        String tag = request.getHeader("If-None-Match");
        if (tag != null && (tag.equals(job.tag()) || tag.equals("W/" + job.tag()))) {
            response.setStatusCode(304).end();
        } else {
            response.putHeader("Content-Type", MediaTypes.JSON).end(job.json());
        }
    }

    private Known now(String id) throws Exception {
        OptionalLong at = store.changes();
        long version = store.version(id);
        Known before = known(id);
        if (before != null && before.version() == version) {
            return keep(id, new Known(version, before.json(), at));
        }
        CopyJob job = store.get(id);
        return keep(id, new Known(job.version(), Buffer.buffer(Json.MAPPER.writeValueAsBytes(JobView.of(job))), at));
    }

    private Known known(String id) {
        synchronized (known) {
            return known.get(id);
        }
    }

    private Known keep(String id, Known job) {
        synchronized (known) {
            known.put(id, job);
        }
        return job;
    }
}
