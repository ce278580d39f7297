package dev.caravan.mask;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a masker's parameters, checked against their types, defaults filled in. Immutable.
 *
 * @param values by the parameter's name; a String, Long, Double, Boolean, List or Map
 */
public record Settings(Map<String, Object> values) {
    public static final Settings NONE = new Settings(Map.of());

    public Settings {
        values = Map.copyOf(values);
    }

    /**
     * Checks what a policy gives against what a masker takes.
     *
     * @param given as the policy has it
     * @param faults gets a sentence for each fault, none of which quotes a value
     */
    public static Settings check(Masker masker, Map<String, Object> given, List<String> faults) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : given.keySet()) {
            if (masker.parameters().stream()
                    .noneMatch(parameter -> parameter.name().equals(name))) {
                faults.add("masker " + masker.name() + " has no parameter " + name + "; it has "
                        + (masker.parameters().isEmpty()
                                ? "none"
                                : String.join(
                                        ", ",
                                        masker.parameters().stream()
                                                .map(Parameter::name)
                                                .toList())));
            }
        }
        for (Parameter parameter : masker.parameters()) {
            Object value = given.get(parameter.name());
            if (value == null) {
                parameter.defaultValue().ifPresent(otherwise -> values.put(parameter.name(), otherwise));
                if (parameter.required()) {
                    faults.add("masker " + masker.name() + " needs the parameter " + parameter.name());
                }
                continue;
            }
            Object typed = typed(parameter, value);
            if (typed == null) {
                faults.add("masker " + masker.name() + ": " + parameter.name() + " must be "
                        + (parameter.choices().isEmpty()
                                ? expected(parameter.type())
                                : "one of " + String.join(", ", parameter.choices())));
            } else {
                values.put(parameter.name(), typed);
            }
        }
        return new Settings(values);
    }

    private static Object typed(Parameter parameter, Object value) {
        return switch (parameter.type()) {
            case TEXT -> {
                boolean scalar = value instanceof String || value instanceof Number || value instanceof Boolean;
                String text = scalar ? String.valueOf(value) : null;
                yield text == null
                                || (!parameter.choices().isEmpty()
                                        && !parameter.choices().contains(text))
                        ? null
                        : text;
            }
            case LOCALE -> value instanceof String text && MaskLocale.find(text).isPresent() ? text : null;
            case INTEGER -> value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : null;
            case NUMBER -> value instanceof Number number ? (Object) number.doubleValue() : null;
            case FLAG -> value instanceof Boolean ? value : null;
            case LIST ->
                value instanceof List<?> list && !list.isEmpty()
                        ? list.stream().map(String::valueOf).toList()
                        : null;
            case STRUCTURE -> value instanceof Map || value instanceof List ? value : null;
        };
    }

    private static String expected(Parameter.Type type) {
        return switch (type) {
            case TEXT -> "a text";
            case LOCALE -> "a language such as de or de-AT, one of " + String.join(", ", MaskLocale.LANGUAGES);
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
            case FLAG -> "true or false";
            case LIST -> "a list that is not empty";
            case STRUCTURE -> "a map or a list";
        };
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** @throws IllegalStateException when nothing was given and there is no default: a defect of the masker's */
    public String text(String name) {
        return (String) value(name);
    }

    public Optional<String> optionalText(String name) {
        return Optional.ofNullable((String) values.get(name));
    }

    public long integer(String name) {
        return (Long) value(name);
    }

    public double number(String name) {
        return (Double) value(name);
    }

    public boolean flag(String name) {
        return (Boolean) value(name);
    }

    @SuppressWarnings("unchecked")
    public List<String> list(String name) {
        return (List<String>) value(name);
    }

    public Object structure(String name) {
        return value(name);
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no value and no default for " + name);
        }
        return value;
    }
}
