package dev.caravan.plan;

import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.MaskRule;
import dev.caravan.mask.ValueKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What maskers can give, where that is a short list. Stateless. */
final class Outputs {
    private static final String KEEP = "keep";

    private Outputs() {}

    /** Texts that the policy writes out for a rule; none for other maskers. What is written out for an array is given to each of its elements. */
    static List<String> written(MaskRule rule) {
        Map<String, Object> settings = rule.settings().values();
        if (rule.masker().equals("fixed") && settings.get("value") instanceof String value) {
            return List.of(value);
        }
        return rule.masker().equals("choice") && settings.get("values") instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Everything that one rule can make but NULL; empty when that is no list. */
    static Optional<List<String>> texts(MaskRule rule, ColumnMask mask) {
        return switch (rule.masker()) {
            case "fixed", "choice" -> Optional.of(written(rule)).filter(written -> !written.isEmpty());
            case "enum" -> ValueKind.of(mask.type()) == ValueKind.ENUM ? Optional.of(mask.labels()) : Optional.empty();
            case "boolean" -> Optional.of(tossed(rule));
            case "null" -> Optional.of(List.of());
            default -> Optional.empty();
        };
    }

    private static List<String> tossed(MaskRule rule) {
        double probability =
                rule.settings().values().get("probability") instanceof Number number ? number.doubleValue() : 0.5;
        return probability >= 1 ? List.of("true") : probability <= 0 ? List.of("false") : List.of("true", "false");
    }

    /**
     * Everything that the rules put in place of a value, absent for NULL, and nothing of what they keep; empty when that is no list.
     */
    static Optional<List<Optional<String>>> replacing(ColumnMask mask) {
        Set<Optional<String>> all = new LinkedHashSet<>();
        for (MaskRule rule : mask.rules()) {
            Optional<List<String>> texts = rule.masker().equals(KEEP) ? Optional.of(List.of()) : texts(rule, mask);
            if (texts.isEmpty()) {
                return Optional.empty();
            }
            texts.get().forEach(text -> all.add(Optional.of(text)));
            if (rule.masker().equals("null")) {
                all.add(Optional.empty());
            }
        }
        return Optional.of(new ArrayList<>(all));
    }

    /** Whether a rule leaves values as they are. */
    static boolean keepsSome(ColumnMask mask) {
        return mask.rules().stream().anyMatch(rule -> rule.masker().equals(KEEP));
    }

    /** Whether the column may hold a NULL that was NULL before. */
    static boolean leavesNull(ColumnMask mask) {
        return !mask.notNull()
                && mask.rules().stream()
                        .anyMatch(rule -> !rule.maskNull() && !rule.masker().equals("null"));
    }
}
