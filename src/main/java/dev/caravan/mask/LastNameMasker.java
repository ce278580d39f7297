package dev.caravan.mask;

import java.util.List;
import java.util.Set;

/** Replaces a family name by another one from a list. */
final class LastNameMasker implements Masker {
    @Override
    public String name() {
        return "last-name";
    }

    @Override
    public String description() {
        return "Replaces a family name by another one from a list.";
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
        return Example.of("Muster");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        Dictionary words = MaskLocale.of(settings).dictionary("last-names");
        KeyedHash hash = column.hash();
        return (value, output) -> output.append(words.choose(value.hash(hash)));
    }
}
