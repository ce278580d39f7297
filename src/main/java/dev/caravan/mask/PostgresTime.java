package dev.caravan.mask;

import java.time.LocalDate;

/** What PostgreSQL counts dates and times in: days and microseconds since 2000-01-01. */
final class PostgresTime {
    static final long MICROS_PER_HOUR = 3_600_000_000L;
    static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

    private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    /** 4714-11-24 BC, where both types begin. */
    static final long FIRST_DAY = -2_451_545;

    private static final long LAST_DAY = 2_145_031_948;
    private static final long END_TIMESTAMP = 9_223_371_331_200_000_000L;

    private PostgresTime() {}

    /** Whether it is {@code infinity} or {@code -infinity}, which stays: it tells of nobody. A date has those of four bytes, too. */
    static boolean infinite(Value value) {
        long number = value.number();
        return number == Long.MAX_VALUE
                || number == Long.MIN_VALUE
                || value.kind() == ValueKind.DATE && (number == Integer.MAX_VALUE || number == Integer.MIN_VALUE);
    }

    static LocalDate date(long days) {
        return LocalDate.ofEpochDay(days + EPOCH_DAY);
    }

    static long days(LocalDate date) {
        return date.toEpochDay() - EPOCH_DAY;
    }

    /** Adds days or microseconds, or takes them away when the type ends there. */
    static long moved(Value value, long by) {
        long there = value.number() + by;
        boolean date = value.kind() == ValueKind.DATE;
        long first = date ? FIRST_DAY : FIRST_DAY * MICROS_PER_DAY;
        long last = date ? LAST_DAY : END_TIMESTAMP - 1;
        // A sum beyond a long has the sign of neither.
        boolean overflowed = ((value.number() ^ there) & (by ^ there)) < 0;
        return overflowed || there < first || there > last ? value.number() - by : there;
    }

    /** How many of the type's units a day has. */
    static long perDay(ValueKind kind) {
        return kind == ValueKind.DATE ? 1 : MICROS_PER_DAY;
    }
}
