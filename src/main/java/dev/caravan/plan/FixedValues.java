package dev.caravan.plan;

import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.MaskRule;
import dev.caravan.mask.ValueKind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;

/** Tells whether values that a policy writes out are values of a column's type. Stateless. */
final class FixedValues {
    private static final Set<String> BOOLEANS =
            Set.of("t", "true", "y", "yes", "on", "1", "f", "false", "n", "no", "off", "0");

    private FixedValues() {}

    /** True also where this cannot tell. What is written out for an array is given to each of its elements. */
    static boolean fit(MaskRule rule, ColumnMask mask) {
        return Outputs.written(rule).stream().allMatch(value -> fits(value, mask));
    }

    private static boolean fits(String value, ColumnMask mask) {
        return switch (ValueKind.of(mask.type())) {
            case INTEGER -> integer(value, ValueKind.elementary(mask.type()).name());
            case BOOLEAN -> BOOLEANS.contains(value.strip().toLowerCase(Locale.ROOT));
            case DATE -> date(value.strip());
            case ENUM -> mask.labels().contains(value);
            default -> true;
        };
    }

    private static boolean integer(String value, String type) {
        try {
            long number = Long.parseLong(value.strip());
            return switch (type) {
                case "int2" -> number == (short) number;
                case "int4" -> number == (int) number;
                default -> true;
            };
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean date(String value) {
        if (value.equals("infinity") || value.equals("-infinity")) {
            return true;
        }
        try {
            LocalDate.parse(value);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
