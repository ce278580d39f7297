package dev.caravan.mask;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rounds a number to a multiple of another, towards 0 where the column cannot hold the nearest one. NaN and the infinities stay. */
public final class NumberRoundMasker implements Masker {
    private static final long MOST = 1_000_000_000_000L;

    @Override
    public String name() {
        return "number-round";
    }

    @Override
    public String description() {
        return "The nearest multiple of a number.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of("to", Parameter.Type.INTEGER, 100L, "What the result is a multiple of."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.INTEGER, ValueKind.DECIMAL, ValueKind.FLOAT);
    }

    @Override
    public Example example() {
        return new Example(Map.of("to", 1000L), "int4", "48250");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        long to = Limits.within("to", settings.integer("to"), 2, MOST);
        BigDecimal unit = BigDecimal.valueOf(to);
        NumberRange range = NumberRange.of(column);
        return (value, output) -> {
            if (value.kind() == ValueKind.FLOAT) {
                double rounded = Math.rint(value.real() / to) * to;
                output.real(range.holds(rounded) ? rounded : 0);
                return;
            }
            BigDecimal exact = value.kind() == ValueKind.INTEGER ? BigDecimal.valueOf(value.number()) : value.decimal();
            BigDecimal rounded = exact.divide(unit, 0, RoundingMode.HALF_UP).multiply(unit);
            BigDecimal fitting = range.holds(rounded)
                    ? rounded
                    : exact.divide(unit, 0, RoundingMode.DOWN).multiply(unit);
            range.write(fitting.setScale(Math.max(0, exact.scale())), value.kind(), output);
        };
    }
}
