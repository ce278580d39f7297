package dev.caravan.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.job.CopyJob;
import dev.caravan.job.Json;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a webhook is told: names, states and times, never a value.
 *
 * @param event {@code job-ended} or {@code test}
 * @param webhook the webhook's name
 * @param job absent in a test
 */
record WebhookMessage(String event, String webhook, Optional<Job> job) {
    /** The job that ended; the members are the API's. */
    record Job(
            String id,
            String state,
            String source,
            String target,
            Optional<String> schedule,
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            Optional<Error> error) {}

    /** Why it failed. */
    record Error(String code, String hint) {}

    static WebhookMessage test(String webhook) {
        return new WebhookMessage("test", webhook, Optional.empty());
    }

    static WebhookMessage ended(String webhook, CopyJob job) {
        return new WebhookMessage(
                "job-ended",
                webhook,
                Optional.of(new Job(
                        job.id(),
                        job.state().name(),
                        job.request().source(),
                        job.request().target(),
                        job.schedule(),
                        job.createdAt(),
                        job.startedAt(),
                        job.finishedAt(),
                        job.error().map(problem -> new Error(problem.code(), problem.hint())))));
    }

    String json() {
        try {
            return Json.MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message is plain", e);
        }
    }

    /**
     * The value of {@code X-Caravan-Signature}.
     *
     * @param timestamp seconds since 1970-01-01 UTC, as it stands in {@code X-Caravan-Timestamp}
     */
    static String signature(String secret, String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signed = mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
            return "sha256=" + HexFormat.of().formatHex(signed);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", e);
        }
    }
}
