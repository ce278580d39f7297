package dev.caravan.mask;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a number greater or less by a share of itself, chosen by keyed hash, by one of its last digit at least. 0 stays: a share of it is
 * nothing. NaN and the infinities are not read.
 */
public final class NumberNoiseMasker implements Masker {
    private static final int STEPS = 1 << 20;
    private static final long HUNDRED_STEPS = 100L * STEPS;
    /** Times a share of at most all steps it is a long. */
    private static final long MOST_IN_A_LONG = Long.MAX_VALUE / HUNDRED_STEPS;
    /** A sixteenth: less would be lost where few digits are kept. */
    private static final int LEAST_STEP = STEPS / 16;

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
    public boolean alwaysChanges(Settings settings) {
        return true;
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
            // Either way, from LEAST_STEP to STEPS as a share of percent.
            long random = value.hash(hash);
            long step = LEAST_STEP + KeyedHash.below(random, STEPS - LEAST_STEP + 1);
            step = (random & 1) == 0 ? step : -step;
            if (value.kind() == ValueKind.FLOAT) {
                double share = step * percent / (100.0 * STEPS);
                double noisy = value.real() * (1 + share);
                output.real(range.holds(noisy) ? noisy : value.real() * (1 - share));
                if (value.real() == 0) {
                    output.stays();
                }
                return;
            }
            if (value.kind() == ValueKind.INTEGER
                    && value.number() <= MOST_IN_A_LONG
                    && value.number() >= -MOST_IN_A_LONG) {
                whole(value.number(), step * percent, range, output);
                return;
            }
            BigDecimal exact = value.kind() == ValueKind.INTEGER ? BigDecimal.valueOf(value.number()) : value.decimal();
            BigDecimal noise = exact.multiply(BigDecimal.valueOf(step * percent))
                    .divide(BigDecimal.valueOf(100L * STEPS), Math.max(0, exact.scale()), RoundingMode.HALF_EVEN);
            if (exact.signum() == 0) {
                output.stays();
            } else if (noise.signum() == 0) {
                noise = BigDecimal.valueOf(Long.signum(step), Math.max(0, exact.scale()));
            }
            BigDecimal noisy = exact.add(noise);
            range.write(range.holds(noisy) ? noisy : exact.subtract(noise), value.kind(), output);
        };
    }

    /** The same as with decimals, without any. @param share in hundredths of a step */
    private static void whole(long number, long share, NumberRange range, Output output) {
        if (number == 0) {
            output.stays();
        }
        long product = number * share;
        long noise = product / HUNDRED_STEPS;
        long rest = 2 * Math.abs(product % HUNDRED_STEPS);
        if (rest > HUNDRED_STEPS || rest == HUNDRED_STEPS && (noise & 1) != 0) {
            noise += Long.signum(product);
        }
        if (noise == 0 && number != 0) {
            noise = Long.signum(share);
        }
        output.number(range.holds(number + noise) ? number + noise : number - noise);
    }
}
