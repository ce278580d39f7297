package dev.caravan.mask;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a number greater or less by a share of itself, chosen by keyed hash. 0 stays, and so do NaN and the infinities. */
public final class NumberNoiseMasker implements Masker {
    private static final int STEPS = 1 << 20;

    @Override
    public String name() {
        return "number-noise";
    }

    @Override
    public String description() {
        return "A number up to so many per cent greater or less.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of("percent", Parameter.Type.INTEGER, 10L, "The most per cent, from 1 to 100."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.INTEGER, ValueKind.DECIMAL, ValueKind.FLOAT);
    }

    @Override
    public Example example() {
        return new Example(Map.of("percent", 20L), "numeric", "48000.00");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        long percent = Limits.within("percent", settings.integer("percent"), 1, 100);
        KeyedHash hash = column.hash("number-noise");
        NumberRange range = NumberRange.of(column);
        return (value, output) -> {
            // From -STEPS to STEPS, as a share of percent.
            long step = KeyedHash.below(value.hash(hash), 2 * STEPS + 1) - STEPS;
            if (value.kind() == ValueKind.FLOAT) {
                double noisy = value.real() * (1 + step * percent / (100.0 * STEPS));
                output.real(range.holds(noisy) ? noisy : value.real() * (1 - percent / 100.0));
                return;
            }
            BigDecimal exact = value.kind() == ValueKind.INTEGER ? BigDecimal.valueOf(value.number()) : value.decimal();
            BigDecimal noise = exact.multiply(BigDecimal.valueOf(step * percent))
                    .divide(BigDecimal.valueOf(100L * STEPS), Math.max(0, exact.scale()), RoundingMode.HALF_EVEN);
            BigDecimal noisy = exact.add(noise);
            range.write(range.holds(noisy) ? noisy : exact.subtract(noise), value.kind(), output);
        };
    }
}
