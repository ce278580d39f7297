package dev.caravan.mask;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Moves a date by whole days, never by none. With {@code per}, all dates of one entity move alike, so that the time between them stays. */
public final class DateShiftMasker implements Masker {
    private static final long MOST_DAYS = 36_500;

    @Override
    public String name() {
        return "date-shift";
    }

    @Override
    public String description() {
        return "Moves a date by up to so many days; with per, all dates of an entity alike.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.of("maxDays", Parameter.Type.INTEGER, 365L, "The most days, either way."),
                Parameter.optional(
                        "per", Parameter.Type.TEXT, "The column whose value decides how far, such as customer_id."));
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
        return new Example(Map.of("maxDays", 30L), "date", "1984-03-01");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        int most = (int) Limits.within("maxDays", settings.integer("maxDays"), 1, MOST_DAYS);
        KeyedHash hash = column.hash("date-shift");
        Optional<String> per = settings.optionalText("per");
        int other = per.isPresent() ? column.other(per.get()) : -1;
        return (value, output) -> {
            if (PostgresTime.infinite(value)) {
                output.number(value.number());
                output.stays();
                return;
            }
            String entity = other < 0 ? null : value.row().text(other);
            long chosen;
            if (entity == null) {
                chosen = value.hash(hash);
            } else {
                byte[] bytes = entity.getBytes(StandardCharsets.UTF_8);
                chosen = hash.of(bytes, 0, bytes.length);
            }
            int step = KeyedHash.below(chosen, 2 * most);
            long days = step < most ? step - most : step - most + 1;
            output.number(PostgresTime.moved(value, days * PostgresTime.perDay(value.kind())));
        };
    }
}
