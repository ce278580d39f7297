package dev.caravan.mask;

import java.util.List;
import java.util.Optional;

/**
 * What a policy says of a column.
 *
 * @param rules the first whose condition holds counts; the last has none
 * @param domain values of one domain are masked alike; absent for the masker's own
 * @param reason why values are kept, when they are
 * @param origin where this was written, such as {@code masks.yaml:12} or {@code the request}
 */
public record ColumnDecision(List<MaskRule> rules, Optional<String> domain, Optional<String> reason, String origin) {
    public ColumnDecision {
        rules = List.copyOf(rules);
        if (rules.isEmpty() || rules.get(rules.size() - 1).when().isPresent()) {
            throw new IllegalArgumentException("the last rule of a column has no condition");
        }
    }

    /** Whether every row keeps its value. */
    public boolean keeps() {
        return rules.stream().allMatch(rule -> rule.masker().equals(KeepMasker.NAME));
    }

    /** Values are kept, for that reason. */
    public static ColumnDecision keep(String reason, String origin) {
        return new ColumnDecision(
                List.of(MaskRule.of(KeepMasker.NAME, Settings.NONE)), Optional.empty(), Optional.of(reason), origin);
    }

    /** One masker for all rows. */
    public static ColumnDecision of(String masker, Settings settings, String origin) {
        return new ColumnDecision(List.of(MaskRule.of(masker, settings)), Optional.empty(), Optional.empty(), origin);
    }
}
