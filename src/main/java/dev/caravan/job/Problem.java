package dev.caravan.job;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error in the form of RFC 9457, as a response's body and as a failed job's {@code error}.
 *
 * @param type a relative URI that names the code's page
 * @param title the code's sentence
 * @param status the HTTP status
 * @param detail what happened here
 * @param code the machine-readable code
 * @param hint what to do about it
 * @param attributes further members: {@code jobId}, {@code table}, {@code column}, {@code constraint}, {@code sqlState} …
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String hint,
        @JsonAnyGetter @JsonAnySetter Map<String, Object> attributes) {
    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    }

    public static Problem of(CaravanException error) {
        ErrorCode code = error.code();
        return new Problem(
                "/problems/" + code.code(),
                code.title(),
                code.httpStatus(),
                error.getMessage(),
                code.code(),
                error.hint(),
                error.attributes());
    }

    /** The problem of anything thrown; what is not ours says nothing but that it happened, since it may quote a value. */
    public static Problem of(Throwable thrown) {
        return of(CaravanException.in(thrown)
                .orElseGet(() -> CaravanException.of(
                        ErrorCode.INTERNAL,
                        "An unexpected " + thrown.getClass().getSimpleName() + " ended the work.",
                        "The service's log has the place; report it with the job's id.")));
    }

    /** The same problem with one more member. */
    public Problem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(attributes);
        more.put(name, value);
        return new Problem(type, title, status, detail, code, hint, more);
    }
}
