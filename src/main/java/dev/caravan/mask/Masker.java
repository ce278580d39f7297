package dev.caravan.mask;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A way to replace values. One file each: it says what it is called, what can be set, what it accepts, whether different values stay
 * different, and how it works. One's own are found by {@link java.util.ServiceLoader}. Stateless and thread-safe.
 */
public interface Masker {
    /** As it stands in a policy: lower case, words joined by hyphens. */
    String name();

    /** One sentence for somebody who chooses a masker. */
    String description();

    /** What can be set on it; the common parameters ({@code domain}, {@code when}, {@code onNull}, {@code reason}) are not listed. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /** The kinds of values that it can mask. */
    Set<ValueKind> accepts();

    /** Whether different values stay different, with those settings. */
    default Uniqueness uniqueness(Settings settings) {
        return Uniqueness.LOST;
    }

    /**
     * Whether a masked value is never its own input, apart from chance that uniqueness leaves: then equal ones fail the job. A
     * dictionary may give a name to itself; a token may not.
     */
    default boolean alwaysChanges(Settings settings) {
        return uniqueness(settings).kept();
    }

    /** Whether a value that it cannot read fails the job before the swap, and is not just given a safe replacement. */
    default boolean mustRead(Settings settings) {
        return false;
    }

    /**
     * Whether what it gives to one value may be what another value was, by design: names from a dictionary, numbers of the same form. What
     * never can be is looked for in every row, masked or not.
     */
    default boolean mayReuse() {
        return true;
    }

    /** Settings and an input that show what it does. */
    Example example();

    /**
     * Makes the function for one column. Everything that can be decided before a row is seen is decided here.
     *
     * @throws MaskRefused when the column cannot hold what this makes: too short, a type it cannot express, a missing other column
     */
    ValueMask prepare(Settings settings, MaskedColumn column);

    /**
     * Shows a masker at work.
     *
     * @param parameters as a policy would give them
     * @param type the column's type, such as {@code text}
     * @param before an obviously made-up value, as PostgreSQL prints it
     */
    record Example(Map<String, Object> parameters, String type, String before) {
        public Example {
            parameters = Map.copyOf(parameters);
        }

        public static Example of(String before) {
            return new Example(Map.of(), "text", before);
        }
    }
}
