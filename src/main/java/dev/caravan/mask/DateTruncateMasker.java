package dev.caravan.mask;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cuts a date down to the beginning of its month, year or decade, or a time to its hour. Infinite dates stay. */
public final class DateTruncateMasker implements Masker {
    @Override
    public String name() {
        return "date-truncate";
    }

    @Override
    public String description() {
        return "The beginning of the month, year, decade, day or hour.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.choice("to", "month", "What is left of it.", "hour", "day", "month", "year", "decade"));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.DATE, ValueKind.TIMESTAMP, ValueKind.TIME);
    }

    @Override
    public Example example() {
        return new Example(Map.of("to", "year"), "date", "1984-03-17");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        String to = settings.text("to");
        boolean hour = to.equals("hour");
        if (column.kind() == ValueKind.TIME && !hour) {
            throw new MaskRefused("a time of day can only be cut to the hour");
        }
        if (column.kind() == ValueKind.DATE && (hour || to.equals("day"))) {
            throw new MaskRefused("a date stays what it is when it is cut to the " + to);
        }
        return (value, output) -> {
            long number = value.number();
            if (PostgresTime.infinite(value)) {
                output.number(number);
                output.stays();
                return;
            }
            long unit = PostgresTime.perDay(value.kind());
            output.number(
                    hour
                            ? Math.floorDiv(number, PostgresTime.MICROS_PER_HOUR) * PostgresTime.MICROS_PER_HOUR
                            : start(to, Math.floorDiv(number, unit)) * unit);
        };
    }

    /** The first day of what a day lies in, but not before the first one there is. */
    private static long start(String to, long day) {
        LocalDate date = PostgresTime.date(day);
        LocalDate start =
                switch (to) {
                    case "day" -> date;
                    case "month" -> date.withDayOfMonth(1);
                    case "year" -> date.withDayOfYear(1);
                    default -> LocalDate.of(Math.floorDiv(date.getYear(), 10) * 10, 1, 1);
                };
        return Math.max(PostgresTime.days(start), PostgresTime.FIRST_DAY);
    }
}
