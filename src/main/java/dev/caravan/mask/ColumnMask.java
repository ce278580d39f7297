package dev.caravan.mask;

import dev.caravan.schema.ColumnType;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is done with one column of a table: plain data, decided by the plan.
 *
 * @param column the column's name
 * @param type its type
 * @param maxLength the most characters that a text may have
 * @param precision a numeric's digits
 * @param scale a numeric's digits after the point
 * @param notNull whether NULL is refused
 * @param unique whether different values must stay different
 * @param labels an enum's labels
 * @param domain values of one domain are masked alike
 * @param rules the first whose condition holds counts; the last has none
 */
public record ColumnMask(
        String column,
        ColumnType type,
        OptionalInt maxLength,
        OptionalInt precision,
        OptionalInt scale,
        boolean notNull,
        boolean unique,
        List<String> labels,
        String domain,
        List<MaskRule> rules) {
    public ColumnMask {
        labels = List.copyOf(labels);
        rules = List.copyOf(rules);
        if (rules.isEmpty() || rules.get(rules.size() - 1).when().isPresent()) {
            throw new IllegalArgumentException("the last rule of a column has no condition");
        }
    }

    /** Whether the values travel as they are. */
    public boolean kept() {
        return rules.size() == 1 && rules.get(0).masker().equals(KeepMasker.NAME);
    }

    /** The most characters that a text may have under one of the rules. */
    OptionalInt maxLength(MaskRule rule) {
        return rule.maxLength().isEmpty()
                ? maxLength
                : OptionalInt.of(Math.min(rule.maxLength().getAsInt(), maxLength.orElse(Integer.MAX_VALUE)));
    }

    /** What a rule's masker is told, given the key and the names of the row's columns. */
    public MaskedColumn toMasked(MaskRule rule, MaskKey key, List<String> others) {
        return new MaskedColumn(
                ValueKind.of(type),
                ValueKind.elementary(type).name(),
                maxLength(rule),
                precision,
                scale,
                notNull,
                unique,
                labels,
                domain,
                key,
                others);
    }
}
