package dev.caravan.mask;

import java.util.List;
import java.util.Set;

/** Replaces a job by another one. */
final class JobTitleMasker implements Masker {
    @Override
    public String name() {
        return "job-title";
    }

    @Override
    public String description() {
        return "Replaces a job by another one.";
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
        return Example.of("Night watchman");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        Dictionary words = MaskLocale.of(settings).dictionary("job-titles");
        KeyedHash hash = column.hash();
        return (value, output) -> output.append(words.choose(value.hash(hash)));
    }
}
