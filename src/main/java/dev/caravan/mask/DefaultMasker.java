package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces the value by its type's plainest one: an empty text, zero, false, 2000-01-01. */
final class DefaultMasker implements Masker {
    @Override
    public String name() {
        return "default";
    }

    @Override
    public String description() {
        return "Replaces the value by its type's plainest one: an empty text, zero, false, 2000-01-01.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.allOf(ValueKind.class);
    }

    @Override
    public Example example() {
        return Example.of("Anna");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        return LiteralMask.of(LiteralMask.plainest(column), column);
    }
}
