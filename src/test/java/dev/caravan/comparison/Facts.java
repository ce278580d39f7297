package dev.caravan.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is known about the objects of one database: object ▶ fact ▶ value, where a value may be null. Not thread-safe. */
final class Facts {
    private static final int SHOWN_LINES = 8;
    private static final int SHOWN_CHARACTERS = 240;

    private final Map<String, Map<String, String>> byObject = new TreeMap<>();

    /** Adds a fact; a second value of the same fact of the same object is kept beside the first. */
    void add(String object, String fact, String value) {
        byObject.computeIfAbsent(object, unused -> new TreeMap<>())
                .merge(fact, String.valueOf(value), (first, second) -> first + "\n" + second);
    }

    /** Adds an object about which nothing but its existence is known so far. */
    void add(String object) {
        byObject.computeIfAbsent(object, unused -> new TreeMap<>());
    }

    /** One sentence per object that is on one side only and per fact that differs. */
    List<String> differencesTo(Facts target) {
        List<String> differences = new ArrayList<>();
        byObject.forEach((object, facts) -> {
            Map<String, String> others = target.byObject.get(object);
            if (others == null) {
                differences.add(object + " is missing in the target");
            } else {
                differences.addAll(compared(object, facts, others));
            }
        });
        target.byObject.keySet().stream()
                .filter(object -> !byObject.containsKey(object))
                .forEach(object -> differences.add(object + " is only in the target"));
        return differences;
    }

    private static List<String> compared(String object, Map<String, String> source, Map<String, String> target) {
        List<String> differences = new ArrayList<>();
        Map<String, String> all = new TreeMap<>(target);
        all.putAll(source);
        for (String fact : all.keySet()) {
            String here = source.get(fact);
            String there = target.get(fact);
            if (!Objects.equals(here, there)) {
                differences.add(object + ": " + fact + sentence(String.valueOf(here), String.valueOf(there)));
            }
        }
        return differences;
    }

    private static String sentence(String source, String target) {
        if (!source.contains("\n") && !target.contains("\n")) {
            return " is " + shortened(source) + " in the source and " + shortened(target) + " in the target";
        }
        List<String> onlySource = linesMissing(source, target);
        List<String> onlyTarget = linesMissing(target, source);
        if (onlySource.isEmpty() && onlyTarget.isEmpty()) {
            return " has its lines in another order";
        }
        return " has only in the source " + onlySource + ", only in the target " + onlyTarget;
    }

    private static List<String> linesMissing(String text, String other) {
        List<String> others = other.lines().toList();
        return text.lines()
                .filter(line -> !others.contains(line))
                .limit(SHOWN_LINES)
                .map(line -> shortened(line.strip()))
                .collect(Collectors.toList());
    }

    private static String shortened(String text) {
        return "<" + (text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…") + ">";
    }
}
