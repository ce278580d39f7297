package dev.caravan.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code {column: country, in: [DE, AT]}}: one column, and one test of it. */
final class ConditionReader {
    private static final Set<String> KEYS = Set.of("column", "equals", "in", "isNull", "not");

    private final List<String> faults;

    ConditionReader(List<String> faults) {
        this.faults = faults;
    }

    /** The condition; empty after at least one fault. */
    Optional<Condition> read(Written written, String subject) {
        if (!written.isMap()) {
            fault(written, subject, "when must be a map such as {column: country, in: [DE, AT]}");
            return Optional.empty();
        }
        int before = faults.size();
        Map<String, Written> map = written.map();
        map.forEach((key, value) -> {
            if (!KEYS.contains(key)) {
                fault(value, subject, "when has no key " + key + Suggestion.after(key, KEYS));
            }
        });
        Written column = map.get("column");
        if (column == null || !column.isScalar() || column.text().isBlank()) {
            fault(written, subject, "when needs the name of a column of the same table");
        }
        List<String> values = new ArrayList<>();
        if (map.containsKey("equals")) {
            value(map.get("equals"), subject).ifPresent(values::add);
        }
        if (map.containsKey("in")) {
            Written in = map.get("in");
            if (!in.isList() || in.list().isEmpty()) {
                fault(in, subject, "in must be a list such as [DE, AT]");
            } else {
                in.list().forEach(item -> value(item, subject).ifPresent(values::add));
            }
        }
        boolean orNull = flag(map, "isNull", subject);
        boolean negated = flag(map, "not", subject);
        if (!map.containsKey("equals") && !map.containsKey("in") && !map.containsKey("isNull")) {
            fault(written, subject, "when tests nothing; give equals, in or isNull");
        } else if (map.containsKey("equals") && map.containsKey("in")) {
            fault(written, subject, "when has both equals and in; put all values into in");
        }
        return faults.size() > before
                ? Optional.empty()
                : Optional.of(new Condition(column.text(), values, orNull, negated));
    }

    private Optional<String> value(Written written, String subject) {
        if (!written.isScalar() || written.isNull()) {
            fault(
                    written,
                    subject,
                    "a value to compare with must be a text, a number, true or false; NULL is isNull: true");
            return Optional.empty();
        }
        // As PostgreSQL prints a boolean; a text that reads so is put in quotes.
        return Optional.of(written.value() instanceof Boolean yes ? (yes ? "t" : "f") : written.text());
    }

    private boolean flag(Map<String, Written> map, String key, String subject) {
        Written written = map.get(key);
        if (written != null && !Boolean.TRUE.equals(written.value())) {
            fault(written, subject, key + " must be true, or left out");
        }
        return written != null;
    }

    private void fault(Written written, String subject, String sentence) {
        faults.add(written.at() + ": " + subject + ": " + sentence);
    }
}
