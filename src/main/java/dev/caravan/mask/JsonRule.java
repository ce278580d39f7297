package dev.caravan.mask;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What becomes of the scalars at a path.
 *
 * @param keeps whether they stay
 * @param maxLength the most characters of a masked text
 * @param masks by the kind of scalar; a kind that is absent becomes a text first, or null when there is none for that either
 */
record JsonRule(JsonPath path, boolean keeps, int maxLength, Map<ValueKind, ValueMask> masks) {
    private static final List<ValueKind> SCALARS =
            List.of(ValueKind.TEXT, ValueKind.INTEGER, ValueKind.DECIMAL, ValueKind.BOOLEAN);

    /** All rules, the most exact first. @throws MaskRefused when one is wrong */
    static List<JsonRule> all(Map<?, ?> paths, MaskedColumn column) {
        Maskers maskers = Maskers.load();
        List<JsonRule> rules = new ArrayList<>();
        paths.forEach((path, mask) -> rules.add(of(String.valueOf(path), mask, maskers, column)));
        rules.sort(Comparator.comparingInt((JsonRule rule) -> rule.path().vagueness())
                .thenComparing(rule -> rule.path().toString()));
        return List.copyOf(rules);
    }

    private static JsonRule of(String path, Object mask, Maskers maskers, MaskedColumn column) {
        Map<String, Object> given = new LinkedHashMap<>();
        if (mask instanceof Map<?, ?> map) {
            map.forEach((name, value) -> given.put(String.valueOf(name), value));
        } else {
            given.put("mask", String.valueOf(mask));
        }
        String name = String.valueOf(given.remove("mask"));
        Object domain = given.remove("domain");
        given.remove("reason");
        OptionalInt maxLength = maxLength(path, given.remove("maxLength"));
        Masker masker = maskers.find(name)
                .orElseThrow(() -> new MaskRefused("at " + path + ": there is no masker called " + name));
        List<String> faults = new ArrayList<>();
        Settings settings = Settings.check(masker, given, faults);
        if (!faults.isEmpty()) {
            throw new MaskRefused("at " + path + ": " + String.join("; ", faults));
        }
        boolean keeps = masker instanceof KeepMasker;
        Map<ValueKind, ValueMask> masks = new EnumMap<>(ValueKind.class);
        if (!keeps) {
            String of = domain == null ? column.domain() + " " + path : String.valueOf(domain);
            String refusal = name + " masks nothing that a scalar of JSON can be";
            for (ValueKind kind : SCALARS) {
                if (masker.accepts().contains(kind)) {
                    try {
                        masks.put(
                                kind,
                                masker.prepare(
                                        settings,
                                        MaskedColumn.of(kind, "json", of, column.key())
                                                .limited(maxLength)));
                    } catch (MaskRefused e) {
                        // A fixed text is no number: a number there becomes the text.
                        refusal = e.getMessage();
                    }
                }
            }
            if (masks.isEmpty()) {
                throw new MaskRefused("at " + path + ": " + refusal);
            }
        }
        return new JsonRule(JsonPath.parse(path), keeps, maxLength.orElse(Integer.MAX_VALUE), masks);
    }

    private static OptionalInt maxLength(String path, Object given) {
        if (given == null) {
            return OptionalInt.empty();
        }
        if (given instanceof Number number && number.longValue() > 0 && number.intValue() == number.doubleValue()) {
            return OptionalInt.of(number.intValue());
        }
        throw new MaskRefused("at " + path + ": maxLength must be a whole number of characters, from 1 on");
    }
}
