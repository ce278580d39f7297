package dev.caravan.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The one exception of the project. Its message, hint and attributes are shown to callers: they name objects, counts and
 * settings, and never hold a row's value or a secret.
 */
public final class CaravanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String hint;
    private final transient Map<String, Object> attributes;

    private CaravanException(
            ErrorCode code, String detail, String hint, Map<String, Object> attributes, Throwable cause) {
        super(detail, cause);
        this.code = code;
        this.hint = hint;
        this.attributes = attributes;
    }

    /**
     * @param code what kind of error it is
     * @param detail what happened, with the names of the objects it happened to
     * @param hint what to do about it
     */
    public static CaravanException of(ErrorCode code, String detail, String hint) {
        return new CaravanException(code, detail, hint, Map.of(), null);
    }

    /** The same error with its cause, for the log only; the cause must not carry values either. */
    public CaravanException causedBy(Throwable cause) {
        return new CaravanException(code, getMessage(), hint, attributes, cause);
    }

    /** The same error with one more attribute ({@code table}, {@code column}, {@code constraint}, {@code sqlState} …). */
    public CaravanException with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(attributes());
        more.put(name, value);
        return new CaravanException(code, getMessage(), hint, more, getCause());
    }

    /** The first exception of this type among {@code thrown} and its causes. */
    public static Optional<CaravanException> in(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof CaravanException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    public ErrorCode code() {
        return code;
    }

    public String hint() {
        return hint;
    }

    public Map<String, Object> attributes() {
        return attributes == null ? Map.of() : attributes;
    }
}
