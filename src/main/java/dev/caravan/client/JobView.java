package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A copy job as the API shows it.
 *
 * @param tenants the chosen tenants with a comma between them, the first few; absent when all are copied
 * @param phase the earliest open phase; empty before the job runs
 * @param took from its start to its end; absent while it has not ended
 */
record JobView(
        String id,
        String state,
        String source,
        String target,
        boolean masked,
        Optional<String> tenants,
        String phase,
        int tablesTotal,
        int tablesDone,
        int indexesTotal,
        int indexesDone,
        long rowsCopied,
        long bytesCopied,
        OptionalLong bytesTotalEstimated,
        OptionalInt percent,
        long bytesPerSecond,
        OptionalLong etaSeconds,
        Optional<Duration> took,
        Optional<Refusal> error) {
    private static final int TENANTS_SHOWN = 5;
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    /** The job in a body; absent when the body is something else. */
    static Optional<JobView> of(JsonNode job) {
        if (!job.path("id").isTextual() || !job.path("state").isTextual()) {
            return Optional.empty();
        }
        JsonNode request = job.path("request");
        JsonNode progress = job.path("progress");
        return Optional.of(new JobView(
                job.path("id").asText(),
                job.path("state").asText(),
                request.path("source").asText("?"),
                request.path("target").asText("?"),
                request.path("mask").asBoolean(false)
                        || request.has("maskPolicy")
                        || !request.path("masks").isEmpty(),
                tenants(request.path("onlyTenants")),
                progress.path("phase").isTextual() ? progress.path("phase").asText() : "",
                progress.path("tables").path("total").asInt(0),
                progress.path("tables").path("done").asInt(0),
                progress.path("indexes").path("total").asInt(0),
                progress.path("indexes").path("done").asInt(0),
                progress.path("rowsCopied").asLong(0),
                progress.path("bytesCopied").asLong(0),
                number(progress.path("bytesTotalEstimated")),
                progress.path("percent").isNumber()
                        ? OptionalInt.of(progress.path("percent").asInt())
                        : OptionalInt.empty(),
                progress.path("bytesPerSecond").asLong(0),
                number(progress.path("etaSeconds")),
                took(job),
                Optional.of(job.path("error")).filter(JsonNode::isObject).map(Refusal::of)));
    }

    private static Optional<String> tenants(JsonNode chosen) {
        List<String> names = new ArrayList<>();
        chosen.forEach(tenant -> names.add(Text.plain(tenant.asText())));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(",", names.subList(0, Math.min(TENANTS_SHOWN, names.size())))
                        + (names.size() > TENANTS_SHOWN ? " and " + (names.size() - TENANTS_SHOWN) + " more" : ""));
    }

    boolean ended() {
        return ENDED.contains(state);
    }

    boolean succeeded() {
        return state.equals("SUCCEEDED");
    }

    static OptionalLong number(JsonNode node) {
        return node.isNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
    }

    private static Optional<Duration> took(JsonNode job) {
        try {
            JsonNode started = job.path("startedAt").isTextual() ? job.path("startedAt") : job.path("createdAt");
            return Optional.of(Duration.between(
                    Instant.parse(started.asText()),
                    Instant.parse(job.path("finishedAt").asText())));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
