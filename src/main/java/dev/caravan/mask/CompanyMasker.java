package dev.caravan.mask;

import java.util.List;
import java.util.Set;

/** Replaces a company by an invented one. */
final class CompanyMasker implements Masker {
    @Override
    public String name() {
        return "company";
    }

    @Override
    public String description() {
        return "Replaces a company by an invented one.";
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
        return Example.of("Muster Ltd");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        Dictionary words = MaskLocale.of(settings).dictionary("companies");
        KeyedHash hash = column.hash();
        return (value, output) -> output.append(words.choose(value.hash(hash)));
    }
}
