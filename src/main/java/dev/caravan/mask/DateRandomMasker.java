package dev.caravan.mask;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Another date within a range, chosen by keyed hash; for a time, any time of day. Infinite dates stay. */
public final class DateRandomMasker implements Masker {
    @Override
    public String name() {
        return "date-random";
    }

    @Override
    public String description() {
        return "A date between two others that does not depend on how old the value was.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.of("from", Parameter.Type.TEXT, "1950-01-01", "The first date, as 1950-01-01."),
                Parameter.of("to", Parameter.Type.TEXT, "2005-12-31", "The last date."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.DATE, ValueKind.TIMESTAMP, ValueKind.TIME);
    }

    @Override
    public Example example() {
        return new Example(Map.of(), "date", "1984-03-17");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        KeyedHash hash = column.hash("date-random");
        if (column.kind() == ValueKind.TIME) {
            return (value, output) ->
                    output.number(Math.floorMod(value.hash(hash), PostgresTime.MICROS_PER_DAY / 1_000_000) * 1_000_000);
        }
        long from = days("from", settings);
        long count = days("to", settings) - from + 1;
        if (count < 1) {
            throw new MaskRefused("to must not be before from");
        }
        return (value, output) -> {
            if (PostgresTime.infinite(value)) {
                output.number(value.number());
                output.stays();
            } else if (value.kind() == ValueKind.DATE) {
                output.number(from + Math.floorMod(value.hash(hash), count));
            } else {
                long second = Math.floorMod(value.hash(hash), count * (PostgresTime.MICROS_PER_DAY / 1_000_000));
                output.number(from * PostgresTime.MICROS_PER_DAY + second * 1_000_000);
            }
        };
    }

    private static long days(String parameter, Settings settings) {
        try {
            LocalDate date = LocalDate.parse(settings.text(parameter));
            Limits.within("the year of " + parameter, date.getYear(), 1, 9999);
            return PostgresTime.days(date);
        } catch (DateTimeParseException e) {
            throw new MaskRefused(parameter + " must be a date such as 1950-01-01");
        }
    }
}
