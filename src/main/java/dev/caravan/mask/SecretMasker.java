package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces a token, key or session id by as many made-up letters and digits. */
final class SecretMasker implements Masker {
    @Override
    public String name() {
        return "secret";
    }

    @Override
    public String description() {
        return "Replaces a token, key or session id by as many made-up letters and digits, or by an empty text.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.choice(
                "to",
                "shape",
                "What it becomes: shape has other letters and digits in their places.",
                "shape",
                "empty"));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public boolean mayReuse() {
        return false;
    }

    @Override
    public Example example() {
        return Example.of("sk_live_51H8");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        return settings.text("to").equals("empty") ? (value, output) -> {} : ShapeMask.of(column);
    }
}
