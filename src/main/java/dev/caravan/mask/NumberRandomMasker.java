package dev.caravan.mask;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A number between two others, both included, chosen by keyed hash; a numeric with a scale has that many digits after the point. */
public final class NumberRandomMasker implements Masker {
    private static final long MOST = 1_000_000_000_000L;
    private static final int MOST_SCALE = 6;

    @Override
    public String name() {
        return "number-random";
    }

    @Override
    public String description() {
        return "A number between two others that does not depend on how great the value was.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.of("min", Parameter.Type.INTEGER, 0L, "The least number."),
                Parameter.of("max", Parameter.Type.INTEGER, 1000L, "The greatest number."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.INTEGER, ValueKind.DECIMAL, ValueKind.FLOAT);
    }

    @Override
    public Example example() {
        return new Example(Map.of("min", 1L, "max", 100L), "int4", "4711");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        long min = Limits.within("min", settings.integer("min"), -MOST, MOST);
        long max = Limits.within("max", settings.integer("max"), min, MOST);
        NumberRange range = NumberRange.of(column);
        if (!range.holds(BigDecimal.valueOf(min)) || !range.holds(BigDecimal.valueOf(max))) {
            throw new MaskRefused("the column cannot hold min or max");
        }
        KeyedHash hash = column.hash("number-random");
        int scale = column.kind() == ValueKind.DECIMAL
                ? Math.max(0, Math.min(MOST_SCALE, column.scale().orElse(0)))
                : 0;
        long steps = BigDecimal.valueOf(max - min).scaleByPowerOfTen(scale).longValueExact() + 1;
        return (value, output) -> {
            long chosen = Math.floorMod(value.hash(hash), steps);
            if (value.kind() == ValueKind.FLOAT) {
                output.real(min + (double) (value.hash(hash) >>> 11) / (1L << 53) * (max - min));
            } else {
                range.write(
                        BigDecimal.valueOf(min).setScale(scale).add(BigDecimal.valueOf(chosen, scale)),
                        value.kind(),
                        output);
            }
        };
    }
}
