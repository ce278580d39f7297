package dev.caravan.mask;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Replaces a person's number in a country by one whose check digits are right, from a range that nobody gets where there is one. */
final class NationalIdMasker implements Masker {
    @Override
    public String name() {
        return "national-id";
    }

    @Override
    public String description() {
        return "Another national identity or social security number of a country, with valid check digits.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.choice(
                "country",
                "US",
                "Whose numbers they are, by ISO 3166.",
                Arrays.stream(NationalId.values()).map(Enum::name).toArray(String[]::new)));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Example example() {
        return new Example(Map.of("country", "ES"), "text", "99999999R");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        NationalId number = NationalId.valueOf(settings.text("country").toUpperCase(Locale.ROOT));
        column.needsLength(number.characters());
        KeyedHash hash = column.hash("national-id");
        return (value, output) -> output.append(number.of(value.hash(hash) >>> 1));
    }
}
