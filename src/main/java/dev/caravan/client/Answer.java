package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * What came back from the service.
 *
 * @param status the HTTP status; 0 when nothing came back
 * @param body the JSON body; absent when there is none
 * @param refusal why the call did not succeed; absent when it did
 * @param etag the entity tag, to ask for changes only
 * @param retryAfter how long the service wants the caller to wait
 */
record Answer(
        int status,
        Optional<JsonNode> body,
        Optional<Refusal> refusal,
        Optional<String> etag,
        Optional<Duration> retryAfter) {
    /** Nothing came back. */
    static Answer none(Refusal why) {
        return new Answer(0, Optional.empty(), Optional.of(why), Optional.empty(), Optional.empty());
    }

    /** Whether the same call may go through later: no answer, too many calls, or a service that is starting or stopping. */
    boolean passing() {
        return status == 0 || status == 429 || status == 502 || status == 503 || status == 504;
    }
}
