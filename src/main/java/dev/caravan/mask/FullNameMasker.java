package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces a whole name by a given and a family name from lists. */
final class FullNameMasker implements Masker {
    @Override
    public String name() {
        return "full-name";
    }

    @Override
    public String description() {
        return "Replaces a whole name by a given and a family name from lists.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.locale(),
                Parameter.choice("gender", "any", "Whose names there are to choose from.", "any", "female", "male"));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Example example() {
        return Example.of("Anna Muster");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        Dictionary first = FirstNameMasker.dictionary(settings);
        Dictionary last = MaskLocale.of(settings).dictionary("last-names");
        KeyedHash firstHash = column.hash("first");
        KeyedHash lastHash = column.hash("last");
        return (value, output) -> output.append(first.choose(value.hash(firstHash)))
                .append(' ')
                .append(last.choose(value.hash(lastHash)));
    }
}
