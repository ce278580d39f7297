package dev.caravan.mask;

/** What the types that are whole numbers inside can hold. */
final class NumberLimits {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    /** 4714-11-24 BC and 5874897-12-31, in days since 2000-01-01 (datatype/timestamp.h). */
    private static final long FIRST_DAY = -2_451_545;

    private static final long LAST_DAY = 2_145_031_948;
    /** 4714-11-24 BC and 294276-12-31, in microseconds since 2000-01-01. */
    private static final long FIRST_MICRO = -211_813_488_000_000_000L;

    private static final long LAST_MICRO = 9_223_371_331_199_999_999L;

    private NumberLimits() {}

    static boolean fits(ValueKind kind, int size, long number) {
        return switch (kind) {
            case BOOLEAN -> number == 0 || number == 1;
            case DATE -> number >= FIRST_DAY && number <= LAST_DAY;
            case TIME -> number >= 0 && number <= MICROS_PER_DAY;
            case TIMESTAMP ->
                number == Long.MIN_VALUE || number == Long.MAX_VALUE || (number >= FIRST_MICRO && number <= LAST_MICRO);
            default -> size == 8 || (number >= -(1L << size * 8 - 1) && number < 1L << size * 8 - 1);
        };
    }
}
