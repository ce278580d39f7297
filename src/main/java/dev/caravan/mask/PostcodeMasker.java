package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces each digit and letter of a postcode by another one; the shape stays. */
final class PostcodeMasker implements Masker {
    @Override
    public String name() {
        return "postcode";
    }

    @Override
    public String description() {
        return "Replaces each digit and letter of a postcode by another one; the shape stays.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Example example() {
        return Example.of("10115");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        return ShapeMask.of(column);
    }
}
