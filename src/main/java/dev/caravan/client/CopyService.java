package dev.caravan.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The copy jobs of a running service, over its public API. Thread-safe. */
final class CopyService {
    /** Writes ASCII only, so that JSON lines survive any locale. */
    static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int PAGE = 200;

    private final URI server;
    private final Optional<String> key;
    private final HttpClient http;

    /**
     * @param key the API key to send; absent for a service that asks for none
     */
    CopyService(URI server, Optional<String> key) {
        this.server = server;
        this.key = key;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /** Asks for a job; the same key asks for the same one again. */
    Answer create(JsonNode request, String idempotencyKey) {
        return send(HttpRequest.newBuilder(URI.create(server + "/api/v1/copy-jobs"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofString(written(request))));
    }

    /** A few rows of a table before and after masking. */
    Answer preview(JsonNode request) {
        return send(HttpRequest.newBuilder(URI.create(server + "/api/v1/mask-previews"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(written(request))));
    }

    /** Why a copy would have a row. */
    Answer why(JsonNode question) {
        return send(HttpRequest.newBuilder(URI.create(server + "/api/v1/row-explanations"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(written(question))));
    }

    /** Asks for a search for personal data. */
    Answer scan(JsonNode request) {
        return send(HttpRequest.newBuilder(URI.create(server + "/api/v1/pii-scans"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(written(request))));
    }

    /** Where a search stands. */
    Answer scan(String id) {
        return send(HttpRequest.newBuilder(URI.create(server + "/api/v1/pii-scans/" + encoded(id))));
    }

    /** The job, or status 304 when it is still the one with this tag. */
    Answer job(String id, Optional<String> etag) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(id));
        etag.ifPresent(tag -> request.header("If-None-Match", tag));
        return send(request);
    }

    /** All tables of the job; those that could be had when a page fails. */
    List<TableView> tables(String id) {
        List<TableView> tables = new ArrayList<>();
        String cursor = "";
        while (true) {
            Answer page = send(HttpRequest.newBuilder(URI.create(address(id) + "/tables?limit=" + PAGE + cursor)));
            if (page.refusal().isPresent() || page.body().isEmpty()) {
                return tables;
            }
            JsonNode body = page.body().get();
            tables.addAll(TableView.page(body));
            if (!body.path("next").isTextual() || body.path("items").isEmpty()) {
                return tables;
            }
            cursor = "&cursor=" + encoded(body.path("next").asText());
        }
    }

    /** The job's report; absent when there is none. */
    Optional<ReportView> report(String id) {
        Answer answer = send(HttpRequest.newBuilder(URI.create(address(id) + "/report")));
        return answer.refusal().isPresent() ? Optional.empty() : answer.body().map(ReportView::of);
    }

    Answer cancel(String id) {
        return send(
                HttpRequest.newBuilder(URI.create(address(id) + "/cancel")).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Where the job can be asked for. */
    URI address(String id) {
        return URI.create(server + "/api/v1/copy-jobs/" + encoded(id));
    }

    /** The document on one line, in ASCII. */
    static String written(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JacksonException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private Answer send(HttpRequest.Builder request) {
        key.ifPresent(text -> request.header("X-API-Key", text));
        try {
            HttpResponse<String> response = http.send(
                    request.timeout(ANSWER_TIMEOUT)
                            .header("Accept", "application/json, application/problem+json")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer(response);
        } catch (ConnectException | HttpTimeoutException e) {
            return unreachable("The service at " + server + " cannot be reached.");
        } catch (InterruptedIOException e) {
            return unreachable("The service at " + server + " did not answer in time.");
        } catch (IOException e) {
            return unreachable("The connection to the service at " + server + " broke off.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unreachable("The call to the service was interrupted.");
        }
    }

    private Answer unreachable(String detail) {
        return Answer.none(Refusal.of(
                "service-unreachable", detail, "Start it with ./caravan serve, or name another one with --server."));
    }

    private static Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        Optional<JsonNode> body = json(response.body());
        Optional<Refusal> refusal = Optional.empty();
        if (status >= 300 && status != 304) {
            refusal = Optional.of(body.filter(problem -> problem.has("code"))
                    .map(Refusal::of)
                    .orElseGet(() -> notOurs("It answered with the HTTP status " + status + ".")));
        } else if (status != 304 && body.isEmpty()) {
            refusal = Optional.of(notOurs("Its answer is not JSON."));
        }
        return new Answer(
                status,
                body,
                refusal,
                response.headers().firstValue("ETag"),
                response.headers().firstValue("Retry-After").flatMap(CopyService::wait));
    }

    /** Something else listens there, or a gateway stands between: its text is not shown, since nobody knows what it holds. */
    static Refusal notOurs(String what) {
        return Refusal.of(
                "unexpected-answer", "The service did not answer as Caravan does. " + what, "Check the address.");
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> wait(String seconds) {
        // The form with a date is not used by Caravan; who else answers with one gets the default interval.
        if (!seconds.matches("\\d{1,6}")) {
            return Optional.empty();
        }
        Duration wait = Duration.ofSeconds(Long.parseLong(seconds));
        return Optional.of(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
