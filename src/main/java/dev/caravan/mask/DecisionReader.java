package dev.caravan.mask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads what somebody wrote about one column: a masker's name, a map with parameters, or a list with conditions. */
final class DecisionReader {
    private static final Set<String> COMMON = Set.of("mask", "domain", "reason", "onNull", "when", "maxLength");

    private final Maskers maskers;
    private final List<String> faults;

    /** @param faults gets {@code place: subject: sentence} for each fault */
    DecisionReader(Maskers maskers, List<String> faults) {
        this.maskers = maskers;
        this.faults = faults;
    }

    /** One entry of the list, or the map that stands alone. */
    private record Rule(MaskRule rule, Optional<String> domain, Optional<String> reason) {}

    /** The decision; empty after at least one fault. */
    Optional<ColumnDecision> read(Written written, String subject) {
        int before = faults.size();
        List<Rule> rules = new ArrayList<>();
        if (written.isList()) {
            int last = written.list().size() - 1;
            if (last < 0) {
                fault(written, subject, "the list is empty; its last entry says what holds for all other rows");
            }
            for (int i = 0; i <= last; i++) {
                Written item = written.list().get(i);
                boolean conditional = item.isMap() && item.map().containsKey("when");
                if (conditional && i == last) {
                    fault(item, subject, "the last entry has a condition; end with one that has no when");
                } else if (!conditional && i < last) {
                    fault(
                            item,
                            subject,
                            "has no when, so that what follows never counts; give it one or remove the rest");
                }
                rule(item, subject).ifPresent(rules::add);
            }
        } else {
            if (written.isMap() && written.map().containsKey("when")) {
                fault(written, subject, "a condition stands in a list, whose last entry has no when");
            }
            rule(written, subject).ifPresent(rules::add);
        }
        Set<String> domains = new LinkedHashSet<>();
        rules.forEach(rule -> rule.domain().ifPresent(domains::add));
        if (domains.size() > 1) {
            fault(written, subject, "a column has one domain; give all entries the same");
        }
        if (faults.size() > before) {
            return Optional.empty();
        }
        Set<String> reasons = new LinkedHashSet<>();
        rules.forEach(rule -> rule.reason().ifPresent(reasons::add));
        return Optional.of(new ColumnDecision(
                rules.stream().map(Rule::rule).toList(),
                domains.stream().findFirst(),
                reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons)),
                written.at()));
    }

    private Optional<Rule> rule(Written written, String subject) {
        if (written.isScalar()) {
            Written named = new Written(Map.of("mask", written), "", written.at());
            return rule(named, subject);
        }
        if (!written.isMap()) {
            fault(written, subject, "must be a masker's name or a map such as {mask: email}");
            return Optional.empty();
        }
        int before = faults.size();
        Map<String, Written> map = written.map();
        Optional<String> domain = text(map, "domain", subject);
        Optional<String> reason = text(map, "reason", subject);
        boolean maskNull = text(map, "onNull", subject)
                .filter(onNull -> {
                    if (!onNull.equals("keep") && !onNull.equals("mask")) {
                        fault(map.get("onNull"), subject, "onNull must be keep or mask");
                    }
                    return onNull.equals("mask");
                })
                .isPresent();
        Optional<Condition> when =
                map.containsKey("when") ? new ConditionReader(faults).read(map.get("when"), subject) : Optional.empty();
        OptionalInt maxLength = maxLength(map.get("maxLength"), subject);
        Optional<Masker> masker = masker(written, subject);
        if (masker.isEmpty()) {
            return Optional.empty();
        }
        if (masker.get().name().equals(KeepMasker.NAME) && reason.isEmpty() && !map.containsKey("reason")) {
            fault(written, subject, "keep needs a reason, such as {mask: keep, reason: surrogate key}");
        }
        Settings settings = settings(masker.get(), map, subject);
        return faults.size() > before
                ? Optional.empty()
                : Optional.of(new Rule(
                        new MaskRule(when, masker.get().name(), settings, maskNull, maxLength), domain, reason));
    }

    private Optional<Masker> masker(Written written, String subject) {
        Map<String, Written> map = written.map();
        Written mask = map.get("mask");
        if (mask == null) {
            String near = map.keySet().stream()
                    .filter(key -> !COMMON.contains(key))
                    .filter(key -> Suggestion.after(key, Set.of("mask")).contains("did you mean"))
                    .findFirst()
                    .map(key -> "; did you mean mask by " + key + "?")
                    .orElse(", such as {mask: email}");
            fault(written, subject, "says no masker" + near);
            return Optional.empty();
        }
        // An unquoted null is the masker of that name.
        String name = mask.isNull() ? "null" : mask.text();
        if (!(mask.isNull() || mask.value() instanceof String)) {
            fault(mask, subject, "mask must be a masker's name");
            return Optional.empty();
        }
        Optional<Masker> found = maskers.find(name);
        if (found.isEmpty()) {
            List<String> names = maskers.all().stream().map(Masker::name).toList();
            fault(mask, subject, "there is no masker \"" + name + "\"" + Suggestion.after(name, names));
        }
        return found;
    }

    private Settings settings(Masker masker, Map<String, Written> map, String subject) {
        Map<String, Object> given = new LinkedHashMap<>();
        List<String> names = masker.parameters().stream().map(Parameter::name).toList();
        map.forEach((key, value) -> {
            if (COMMON.contains(key)) {
                return;
            }
            if (!names.contains(key)) {
                List<String> all = new ArrayList<>(names);
                all.addAll(COMMON);
                fault(
                        value,
                        subject,
                        "masker " + masker.name() + " has no parameter " + key + Suggestion.after(key, all));
            } else if (value.isNull()) {
                fault(value, subject, key + " is empty; leave it out, or write \"null\" in quotes");
            } else {
                given.put(key, value.plain());
            }
        });
        List<String> sentences = new ArrayList<>();
        Settings settings = Settings.check(masker, given, sentences);
        Written place = map.getOrDefault("mask", map.values().iterator().next());
        sentences.forEach(sentence -> fault(place, subject, sentence));
        return settings;
    }

    private OptionalInt maxLength(Written written, String subject) {
        if (written == null) {
            return OptionalInt.empty();
        }
        if (written.value() instanceof Number given
                && !(given instanceof Double)
                && given.longValue() > 0
                && given.longValue() <= Integer.MAX_VALUE) {
            return OptionalInt.of(given.intValue());
        }
        fault(written, subject, "maxLength must be a whole number of characters, from 1 on");
        return OptionalInt.empty();
    }

    private Optional<String> text(Map<String, Written> map, String key, String subject) {
        Written written = map.get(key);
        if (written == null) {
            return Optional.empty();
        }
        if (written.isScalar() && !written.isNull() && !written.text().isBlank()) {
            return Optional.of(written.text().strip());
        }
        fault(written, subject, key + " must be a text");
        return Optional.empty();
    }

    private void fault(Written written, String subject, String sentence) {
        faults.add(written.at() + ": " + subject + ": " + sentence);
    }
}
