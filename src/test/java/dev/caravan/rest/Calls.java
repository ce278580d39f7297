package dev.caravan.rest;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.TestKeys;
import dev.caravan.job.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Calls to the API over real HTTP; every answer of an operation is checked against the contract on its way. */
final class Calls {
    /** An answer, its body read. */
    record Answer(int status, java.net.http.HttpHeaders headers, String body) {
        JsonNode json() throws IOException {
            return Json.MAPPER.readTree(body);
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        String code() throws IOException {
            return header("Content-Type").equals("application/problem+json")
                    ? json().path("code").asText()
                    : "no problem, but " + status + " " + header("Content-Type");
        }
    }

    static final String MINIMAL = "{\"source\": \"shop-staging\", \"target\": \"shop-dev\"}";

    // Additional fields are allowed in answers: the validator would refuse them in every allOf.
    private static final OpenApiInteractionValidator VALIDATOR =
            OpenApiInteractionValidator.createForInlineApiSpecification(Contract.text())
                    .withLevelResolver(LevelResolver.create()
                            .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                            .withLevel(
                                    "validation.response.body.schema.additionalProperties",
                                    ValidationReport.Level.IGNORE)
                            .build())
                    .build();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;

    Calls(String address) {
        this.address = address;
    }

    Answer get(String path, String... headers) throws Exception {
        return send("GET", path, null, headers);
    }

    Answer post(String path, String json, String... headers) throws Exception {
        HttpRequest.Builder request =
                request(path, headers).POST(json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (json != null
                && request.copy().build().headers().firstValue("Content-Type").isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return checked("POST", path, send(request.build()));
    }

    Answer send(String method, String path, String body, String... headers) throws Exception {
        return checked(
                method,
                path,
                send(request(path, headers)
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build()));
    }

    Answer send(HttpRequest request) throws Exception {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(30));
        if (!List.of(headers).contains("X-API-Key") && !List.of(headers).contains("Authorization")) {
            request.header("X-API-Key", TestKeys.ADMIN);
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Answer checked(String method, String path, Answer answer) {
        String bare = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
        if (!Map.of("GET", true, "POST", true).containsKey(method)
                || !bare.startsWith(Contract.BASE)
                || answer.status() == 405
                || answer.status() == 304
                || bare.contains("openapi")) {
            return answer;
        }
        SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.status())
                .withContentType(answer.header("Content-Type"))
                .withBody(answer.body());
        ValidationReport report = VALIDATOR.validateResponse(bare, Request.Method.valueOf(method), response.build());
        report.getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .filter(message -> !message.getKey().equals("validation.request.path.missing"))
                .findFirst()
                .ifPresent(message -> {
                    throw new AssertionError(method + " " + path + " answered " + answer.status() + " " + answer.body()
                            + ", against the contract: " + message);
                });
        return answer;
    }
}
