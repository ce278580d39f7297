package dev.caravan.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.job.Problem;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.Arrays;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where something thrown becomes an answer. */
final class Problems {
    /** Where the contract is to be read, for hints. */
    static final String CONTRACT = Contract.BASE + "/openapi.yaml";

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int FRAMES = 12;
    private static final Set<Integer> WITH_RETRY_AFTER = Set.of(429, 502, 503);

    private Problems() {}

    /** The answer to anything thrown. What is not ours is logged by type and place only: its message may quote a value. */
    static Reply reply(Throwable thrown) {
        CaravanException ours = CaravanException.in(thrown).orElse(null);
        if (ours == null && caused(thrown, JsonProcessingException.class)) {
            ours = validation("The body is not JSON as the contract has it.");
        }
        if (ours == null || ours.code() == ErrorCode.INTERNAL) {
            log(thrown);
        }
        return reply(ours == null ? Problem.of(thrown) : Problem.of(ours));
    }

    static Reply reply(Problem problem) {
        Reply reply = Reply.of(problem.status(), problem).with("Content-Type", Problem.MEDIA_TYPE);
        return WITH_RETRY_AFTER.contains(problem.status()) ? reply.with("Retry-After", "10") : reply;
    }

    /** What is answered while not every route is there. */
    static CaravanException unavailable() {
        return CaravanException.of(
                ErrorCode.UNAVAILABLE,
                "The service is starting or stopping.",
                "Call again in a few seconds; /observe/health/ready on the management port says when it is ready.");
    }

    /** The problem of a status that the framework decided on. */
    static CaravanException ofStatus(int status) {
        return switch (status) {
            case 404 ->
                CaravanException.of(
                        ErrorCode.NOT_FOUND,
                        "Nothing is at this address.",
                        "The addresses are in the contract at " + CONTRACT + ".");
            case 405 ->
                CaravanException.of(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "This address does not have the method.",
                        "The Allow header lists the methods that it has.");
            case 406 ->
                CaravanException.of(
                        ErrorCode.NOT_ACCEPTABLE,
                        "The Accept header leaves no media type that this address gives.",
                        "The media types are in the contract at " + CONTRACT + ".");
            case 413 ->
                CaravanException.of(
                        ErrorCode.BODY_TOO_LARGE,
                        "The body is larger than 1 MB.",
                        "No request of this API needs so much.");
            case 415 ->
                CaravanException.of(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "The body is not JSON in UTF-8.",
                        "Send it with Content-Type: application/json, not compressed.");
            default ->
                status >= 400 && status < 500
                        ? validation("The request is not well-formed HTTP.")
                        : CaravanException.of(
                                ErrorCode.INTERNAL,
                                "The request could not be answered.",
                                "The service's log has the place.");
        };
    }

    static CaravanException validation(String detail) {
        return CaravanException.of(ErrorCode.VALIDATION, detail, "The contract is at " + CONTRACT + ".");
    }

    private static boolean caused(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static void log(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            LOG.error(
                    "{} at {}",
                    t.getClass().getName(),
                    Arrays.stream(t.getStackTrace()).limit(FRAMES).toList());
        }
    }
}
