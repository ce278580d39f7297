package dev.caravan.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path such as {@code $.customer.email}, {@code $.items[*].name}, {@code $.*}, {@code $..email} or {@code $["odd key"]}. Immutable.
 *
 * @param steps from the root on
 */
record JsonPath(List<Step> steps) {
    private static final int MOST_STEPS = 30;
    private static final Pattern STEP = Pattern.compile(
            "(?<deep>\\.\\.)?(?:(?:(?<=\\.\\.)|\\.)(?<name>[^.\\[\\]\"*]+|\\*)|\\[(?<any>\\*)\\]|\\[\"(?<quoted>[^\"]+)\"\\])");

    /** One step: to a key, to any key or element when the key is empty, at any depth when it is deep. */
    record Step(String key, boolean deep) {
        boolean matches(String to) {
            return key.isEmpty() || key.equals(to);
        }
    }

    JsonPath {
        steps = List.copyOf(steps);
    }

    /** @throws MaskRefused when it is no such path */
    static JsonPath parse(String text) {
        if (!text.startsWith("$")) {
            throw new MaskRefused("the path " + text + " must begin with $");
        }
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int at = 1;
        while (at < text.length() && matcher.find(at) && matcher.start() == at) {
            String key = matcher.group("quoted") != null ? matcher.group("quoted") : matcher.group("name");
            steps.add(new Step(key == null || key.equals("*") ? "" : key, matcher.group("deep") != null));
            at = matcher.end();
        }
        if (at < text.length() || steps.size() > MOST_STEPS) {
            throw new MaskRefused(
                    "the path " + text + " must be like $.a.b, $.list[*].x, $.*, $..key or $[\"odd key\"]");
        }
        return new JsonPath(steps);
    }

    /** How far from exact it is: of two that match, the lower one holds. */
    int vagueness() {
        int vagueness = 0;
        for (Step step : steps) {
            vagueness += (step.deep() ? 100 : 0) + (step.key().isEmpty() ? 1 : 0);
        }
        return vagueness;
    }

    /**
     * Goes one level down.
     *
     * @param positions the steps taken so far, as bits: more than one when a step is deep
     * @param to a key, an empty text for an array's element, or null for a key that no path spells out
     */
    int advance(int positions, String to) {
        int next = 0;
        for (int at = 0; at < steps.size(); at++) {
            if ((positions >> at & 1) != 0) {
                Step step = steps.get(at);
                next |= step.matches(to) ? 1 << at + 1 : 0;
                next |= step.deep() ? 1 << at : 0;
            }
        }
        return next;
    }

    /** The keys that the path spells out where those steps have been taken; the empty one where any key is meant. */
    List<String> keysAt(int positions) {
        List<String> keys = new ArrayList<>();
        for (int at = 0; at < steps.size(); at++) {
            if ((positions >> at & 1) != 0) {
                keys.add(steps.get(at).key());
            }
        }
        return keys;
    }

    boolean reached(int positions) {
        return (positions >> steps.size() & 1) != 0;
    }
}
