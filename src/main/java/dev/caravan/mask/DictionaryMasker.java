package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Replaces the value by a word of one of the dictionaries that Caravan brings. */
final class DictionaryMasker implements Masker {
    @Override
    public String name() {
        return "dictionary";
    }

    @Override
    public String description() {
        return "Replaces the value by a word of a dictionary that Caravan brings.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.required("name", Parameter.Type.TEXT, "Which one, such as cities or job-titles."),
                Parameter.locale());
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Example example() {
        return new Example(Map.of("name", "job-titles"), "text", "Chief Example Officer");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        Dictionary words;
        try {
            words = MaskLocale.of(settings).dictionary(settings.text("name"));
        } catch (IllegalArgumentException e) {
            throw new MaskRefused("there is no such dictionary; docs/maskers.md lists them");
        }
        KeyedHash hash = column.hash();
        return (value, output) -> output.append(words.choose(value.hash(hash)));
    }
}
