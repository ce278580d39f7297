package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Moves a date by an amount of its own, a timestamp by any number of seconds within those days. Infinite dates stay. */
public final class DateNoiseMasker implements Masker {
    private static final long MOST_DAYS = 36_500;

    @Override
    public String name() {
        return "date-noise";
    }

    @Override
    public String description() {
        return "Moves every date by an amount of its own, a timestamp's time of day too.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of("days", Parameter.Type.INTEGER, 30L, "The most days, either way."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.DATE, ValueKind.TIMESTAMP);
    }

    @Override
    public boolean alwaysChanges(Settings settings) {
        return true;
    }

    @Override
    public Example example() {
        return new Example(Map.of("days", 10L), "date", "1984-03-17");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        long days = Limits.within("days", settings.integer("days"), 1, MOST_DAYS);
        KeyedHash hash = column.hash("date-noise");
        long most = days * (column.kind() == ValueKind.DATE ? 1 : PostgresTime.MICROS_PER_DAY / 1_000_000);
        long unit = column.kind() == ValueKind.DATE ? 1 : 1_000_000;
        return (value, output) -> {
            if (PostgresTime.infinite(value)) {
                output.number(value.number());
                output.stays();
            } else {
                long step = Math.floorMod(value.hash(hash), 2 * most);
                long noise = step < most ? step - most : step - most + 1;
                output.number(PostgresTime.moved(value, noise * unit));
            }
        };
    }
}
