package dev.caravan.mask;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says a number less exactly: the lower bound of the range that it lies in, or in a text the range itself. */
final class GeneraliseMasker implements Masker {
    private static final long MOST = 1_000_000_000_000L;

    @Override
    public String name() {
        return "generalise";
    }

    @Override
    public String description() {
        return "The lower bound of the range that a number lies in; in a text the range itself, such as 30-39.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of("width", Parameter.Type.INTEGER, 10L, "How many whole numbers a range holds."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.INTEGER, ValueKind.DECIMAL, ValueKind.FLOAT, ValueKind.TEXT);
    }

    @Override
    public Example example() {
        return new Example(Map.of("width", 10L), "int4", "37");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        long width = Limits.within("width", settings.integer("width"), 2, MOST);
        BigDecimal unit = BigDecimal.valueOf(width);
        if (column.kind() == ValueKind.TEXT) {
            return (value, output) -> {
                String text = value.text().strip();
                if (!text.matches("-?[0-9]{1,15}")) {
                    output.unreadable();
                    return;
                }
                long lower = Math.floorDiv(Long.parseLong(text), width) * width;
                output.append(lower + "-" + (lower + width - 1));
            };
        }
        NumberRange range = NumberRange.of(column);
        return (value, output) -> {
            if (value.kind() == ValueKind.FLOAT) {
                double lower = Math.floor(value.real() / width) * width;
                output.real(range.holds(lower) ? lower : 0);
                return;
            }
            BigDecimal exact = value.kind() == ValueKind.INTEGER ? BigDecimal.valueOf(value.number()) : value.decimal();
            BigDecimal lower = exact.divide(unit, 0, RoundingMode.FLOOR).multiply(unit);
            BigDecimal fitting = range.holds(lower)
                    ? lower
                    : exact.divide(unit, 0, RoundingMode.DOWN).multiply(unit);
            range.write(fitting.setScale(Math.max(0, exact.scale())), value.kind(), output);
        };
    }
}
