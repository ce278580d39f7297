package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces a whole address in one text by an invented one. */
final class AddressMasker implements Masker {
    @Override
    public String name() {
        return "address";
    }

    @Override
    public String description() {
        return "Replaces a whole address in one text by an invented one.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of(
                "locale",
                Parameter.Type.TEXT,
                "en",
                "A language, such as de; English where there are no words in it."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Example example() {
        return Example.of("Example Street 12, 10115 Sampletown");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        Dictionary streets = Dictionary.of("streets", settings.text("locale"));
        Dictionary cities = Dictionary.of("cities", settings.text("locale"));
        KeyedHash street = column.hash("street");
        KeyedHash number = column.hash("number");
        KeyedHash city = column.hash("city");
        return (value, output) -> {
            long chosen = value.hash(number);
            output.append(streets.choose(value.hash(street)))
                    .append(' ')
                    .append(Integer.toString(1 + KeyedHash.below(chosen, 199)))
                    .append(", ")
                    .append(Integer.toString(10_000 + KeyedHash.below(Long.reverse(chosen), 90_000)))
                    .append(' ')
                    .append(cities.choose(value.hash(city)));
        };
    }
}
