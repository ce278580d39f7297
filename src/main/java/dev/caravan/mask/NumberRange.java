package dev.caravan.mask;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What numbers a column can hold.
 *
 * @param least the least one, and {@code greatest}; null when there is no limit
 * @param lowest the least whole one of 64 bits, and {@code highest}
 * @param real the greatest floating-point one
 */
record NumberRange(BigDecimal least, BigDecimal greatest, long lowest, long highest, double real) {
    static NumberRange of(MaskedColumn column) {
        if (column.kind() == ValueKind.DECIMAL) {
            if (column.precision().isEmpty()) {
                return new NumberRange(null, null, Long.MIN_VALUE, Long.MAX_VALUE, Double.MAX_VALUE);
            }
            int scale = column.scale().orElse(0);
            BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(-scale);
            BigDecimal end = BigDecimal.ONE
                    .scaleByPowerOfTen(column.precision().getAsInt() - scale)
                    .subtract(unit);
            long whole = end.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
            return new NumberRange(end.negate(), end, -whole, whole, Double.MAX_VALUE);
        }
        long end =
                switch (column.typeName()) {
                    case "int2" -> Short.MAX_VALUE;
                    case "int4" -> Integer.MAX_VALUE;
                    default -> Long.MAX_VALUE;
                };
        return new NumberRange(
                BigDecimal.valueOf(-end - 1),
                BigDecimal.valueOf(end),
                -end - 1,
                end,
                column.typeName().equals("float4") ? Float.MAX_VALUE : Double.MAX_VALUE);
    }

    boolean holds(BigDecimal number) {
        return least == null || number.compareTo(least) >= 0 && number.compareTo(greatest) <= 0;
    }

    boolean holds(long number) {
        return number >= lowest && number <= highest;
    }

    /** NaN and the infinities are held, too. */
    boolean holds(double number) {
        return !Double.isFinite(number) || Math.abs(number) <= real;
    }

    /** Writes the number as that kind; an integer without its fraction. */
    void write(BigDecimal number, ValueKind kind, Output output) {
        if (kind == ValueKind.INTEGER) {
            output.number(number.setScale(0, RoundingMode.DOWN).longValueExact());
        } else {
            output.decimal(number);
        }
    }
}
