package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Replaces the value by one of a few given ones. */
final class ChoiceMasker implements Masker {
    @Override
    public String name() {
        return "choice";
    }

    @Override
    public String description() {
        return "Replaces the value by one of a few given ones.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.required("values", Parameter.Type.LIST, "What to choose from, as PostgreSQL prints it."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.allOf(ValueKind.class);
    }

    @Override
    public Example example() {
        return new Example(Map.of("values", List.of("red", "green")), "text", "blue");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        List<ValueMask> choices = settings.list("values").stream()
                .map(text -> LiteralMask.of(text, column))
                .toList();
        KeyedHash hash = column.hash();
        return (value, output) ->
                choices.get(KeyedHash.below(value.hash(hash), choices.size())).mask(value, output);
    }
}
