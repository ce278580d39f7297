package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Replaces the value by a given one. */
final class FixedMasker implements Masker {
    @Override
    public String name() {
        return "fixed";
    }

    @Override
    public String description() {
        return "Replaces the value by a given one.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.required("value", Parameter.Type.TEXT, "The new value, as PostgreSQL prints it."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.allOf(ValueKind.class);
    }

    @Override
    public Example example() {
        return new Example(Map.of("value", "unknown"), "text", "Anna");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        return LiteralMask.of(settings.text("value"), column);
    }
}
