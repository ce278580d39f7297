package dev.caravan.mask;

import java.util.List;
import java.util.Optional;

/**
 * What can be set on a masker.
 *
 * @param name as it stands in a policy, camelCase
 * @param type what may be given
 * @param description one sentence
 * @param defaultValue what holds when nothing is given: a String, Long, Double, Boolean or List; absent when it must be given or
 *     means nothing
 * @param required whether it must be given
 * @param choices the only values of a text, when there are such
 */
public record Parameter(
        String name,
        Type type,
        String description,
        Optional<Object> defaultValue,
        boolean required,
        List<String> choices) {
    /** What may be given: in Java a String, a Long, a Double, a Boolean, a List of Strings, or whatever the YAML says. */
    public enum Type {
        TEXT,
        INTEGER,
        NUMBER,
        FLAG,
        LIST,
        /** In Java a String: a language, perhaps with a country, that a {@link MaskLocale} is. */
        LOCALE,
        /** A nested structure, such as a map of JSON paths: Lists, Maps and the types above. */
        STRUCTURE
    }

    public Parameter {
        choices = List.copyOf(choices);
    }

    /** The one that every masker of words or of a country's forms has. */
    public static Parameter locale() {
        return of(
                MaskLocale.PARAMETER,
                Type.LOCALE,
                "en",
                "A language, such as de or de-AT; English where a dictionary has no words in it.");
    }

    public static Parameter required(String name, Type type, String description) {
        return new Parameter(name, type, description, Optional.empty(), true, List.of());
    }

    public static Parameter optional(String name, Type type, String description) {
        return new Parameter(name, type, description, Optional.empty(), false, List.of());
    }

    public static Parameter of(String name, Type type, Object defaultValue, String description) {
        return new Parameter(name, type, description, Optional.of(defaultValue), false, List.of());
    }

    public static Parameter choice(String name, String defaultValue, String description, String... choices) {
        return new Parameter(name, Type.TEXT, description, Optional.of(defaultValue), false, List.of(choices));
    }
}
