package dev.caravan.mask;

import java.util.List;
import java.util.Set;

/** Replaces a given name by another one from a list. */
final class FirstNameMasker implements Masker {
    @Override
    public String name() {
        return "first-name";
    }

    @Override
    public String description() {
        return "Replaces a given name by another one from a list.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.locale(),
                Parameter.choice("gender", "any", "Whose names there are to choose from.", "any", "female", "male"));
    }

    @Override
    public Set<ValueKind> accepts() {
        return Set.of(ValueKind.TEXT);
    }

    @Override
    public Example example() {
        return Example.of("Anna");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        Dictionary words = dictionary(settings);
        KeyedHash hash = column.hash();
        return (value, output) -> output.append(words.choose(value.hash(hash)));
    }

    /** By {@code locale} and {@code gender}. */
    static Dictionary dictionary(Settings settings) {
        String gender = settings.text("gender");
        return MaskLocale.of(settings).dictionary(gender.equals("any") ? "first-names" : "first-names-" + gender);
    }
}
