package dev.caravan.mask;

import java.util.List;
import java.util.Set;

/** Replaces a place by another one, mostly invented. */
final class CityMasker implements Masker {
    @Override
    public String name() {
        return "city";
    }

    @Override
    public String description() {
        return "Replaces a place by another one, mostly invented.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.locale());
    }

    @Override
    public Set<ValueKind> accepts() {
        return Set.of(ValueKind.TEXT);
    }

    @Override
    public Example example() {
        return Example.of("Sampletown");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        Dictionary words = MaskLocale.of(settings).dictionary("cities");
        KeyedHash hash = column.hash();
        return (value, output) -> output.append(words.choose(value.hash(hash)));
    }
}
