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
        return List.of(Parameter.locale());
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
        MaskLocale locale = MaskLocale.of(settings);
        boolean postcodeLast = locale.language().equals("en");
        Dictionary streets = locale.dictionary("streets");
        Dictionary cities = locale.dictionary("cities");
        KeyedHash street = column.hash("street");
        KeyedHash number = column.hash("number");
        KeyedHash city = column.hash("city");
        return (value, output) -> {
            long chosen = value.hash(number);
            byte[] place = cities.choose(value.hash(city));
            String postcode = Integer.toString(10_000 + KeyedHash.below(Long.reverse(chosen), 90_000));
            locale.street(streets.choose(value.hash(street)), 1 + KeyedHash.below(chosen, 199), output);
            output.append(", ");
            if (postcodeLast) {
                output.append(place).append(' ').append(postcode);
            } else {
                output.append(postcode).append(' ').append(place);
            }
        };
    }
}
