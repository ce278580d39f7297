package dev.caravan.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The copy jobs of a running service, over its public API. Thread-safe.
 *
 * <p>By {@code HttpURLConnection}: Java's newer client takes longer to start than a small copy waits for anything else.
 */
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

    /**
     * @param key the API key to send; absent for a service that asks for none
     */
    CopyService(URI server, Optional<String> key) {
        this.server = server;
        this.key = key;
    }

    /** Asks for a job; the same key asks for the same one again. */
    Answer create(JsonNode request, String idempotencyKey) {
        return post(server + "/api/v1/copy-jobs", Map.of("Idempotency-Key", idempotencyKey), request);
    }

    /** A few rows of a table before and after masking. */
    Answer preview(JsonNode request) {
        return post(server + "/api/v1/mask-previews", Map.of(), request);
    }

    /** Why a copy would have a row. */
    Answer why(JsonNode question) {
        return post(server + "/api/v1/row-explanations", Map.of(), question);
    }

    /** Asks for a search for personal data. */
    Answer scan(JsonNode request) {
        return post(server + "/api/v1/pii-scans", Map.of(), request);
    }

    /** Where a search stands. */
    Answer scan(String id) {
        return get(server + "/api/v1/pii-scans/" + encoded(id));
    }

    /** The job, or status 304 when it is still the one with this tag. */
    Answer job(String id, Optional<String> etag) {
        return send(
                "GET",
                address(id).toString(),
                etag.map(tag -> Map.of("If-None-Match", tag)).orElse(Map.of()),
                Optional.empty());
    }

    /** All tables of the job; those that could be had when a page fails. */
    List<TableView> tables(String id) {
        List<TableView> tables = new ArrayList<>();
        String cursor = "";
        while (true) {
            Answer page = get(address(id) + "/tables?limit=" + PAGE + cursor);
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
        Answer answer = get(address(id) + "/report");
        return answer.refusal().isPresent() ? Optional.empty() : answer.body().map(ReportView::of);
    }

    Answer cancel(String id) {
        return send("POST", address(id) + "/cancel", Map.of(), Optional.empty());
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

    private Answer get(String address) {
        return send("GET", address, Map.of(), Optional.empty());
    }

    private Answer post(String address, Map<String, String> headers, JsonNode body) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Content-Type", "application/json");
        return send("POST", address, all, Optional.of(written(body)));
    }

    private Answer send(String method, String address, Map<String, String> headers, Optional<String> body) {
        try {
            HttpURLConnection call =
                    (HttpURLConnection) URI.create(address).toURL().openConnection();
            call.setRequestMethod(method);
            call.setInstanceFollowRedirects(false);
            call.setUseCaches(false);
            call.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
            call.setReadTimeout((int) ANSWER_TIMEOUT.toMillis());
            call.setRequestProperty("Accept", "application/json, application/problem+json");
            key.ifPresent(text -> call.setRequestProperty("X-API-Key", text));
            headers.forEach(call::setRequestProperty);
            if (body.isPresent()) {
                call.setDoOutput(true);
                // Kept in memory until it is sent. Where a kept connection turns out to be closed Java sends it once
                // more,
                // which each of these calls bears.
                try (OutputStream out = call.getOutputStream()) {
                    out.write(body.get().getBytes(StandardCharsets.UTF_8));
                }
            }
            return answer(call);
        } catch (ConnectException | UnknownHostException e) {
            return unreachable("The service at " + server + " cannot be reached.");
        } catch (SocketTimeoutException e) {
            return unreachable("The service at " + server + " did not answer in time.");
        } catch (IOException e) {
            return unreachable("The connection to the service at " + server + " broke off.");
        }
    }

    private Answer unreachable(String detail) {
        return Answer.none(Refusal.of(
                "service-unreachable", detail, "Start it with ./caravan serve, or name another one with --server."));
    }

    private static Answer answer(HttpURLConnection call) throws IOException {
        int status = call.getResponseCode();
        Optional<JsonNode> body = json(text(call, status));
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
                Optional.ofNullable(call.getHeaderField("ETag")),
                Optional.ofNullable(call.getHeaderField("Retry-After")).flatMap(CopyService::wait));
    }

    /** Read to its end, so that the connection serves the next call too. */
    private static String text(HttpURLConnection call, int status) throws IOException {
        try (InputStream body = status >= 400 ? call.getErrorStream() : call.getInputStream()) {
            return body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
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
