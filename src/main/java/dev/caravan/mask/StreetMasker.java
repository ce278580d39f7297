package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces a street with its number by an invented one. */
final class StreetMasker implements Masker {
    @Override
    public String name() {
        return "street";
    }

    @Override
    public String description() {
        return "Replaces a street with its number by an invented one.";
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
        return Example.of("Example Street 12");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        MaskLocale locale = MaskLocale.of(settings);
        Dictionary streets = locale.dictionary("streets");
        KeyedHash hash = column.hash();
        KeyedHash number = column.hash("number");
        return (value, output) ->
                locale.street(streets.choose(value.hash(hash)), 1 + KeyedHash.below(value.hash(number), 199), output);
    }
}
