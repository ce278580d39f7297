package dev.caravan.mask;

import java.util.EnumSet;
import java.util.Set;

/** Leaves values as they are; the engine copies such a column as bytes and never calls this. */
public final class KeepMasker implements Masker {
    public static final String NAME = "keep";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Leaves the value as it is; the policy gives a reason.";
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.allOf(ValueKind.class);
    }

    @Override
    public Uniqueness uniqueness(Settings settings) {
        return Uniqueness.BIJECTIVE;
    }

    @Override
    public boolean alwaysChanges(Settings settings) {
        return false;
    }

    @Override
    public Example example() {
        return Example.of("EUR");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        return (value, output) -> {
            throw new IllegalStateException("a kept column is not masked");
        };
    }
}
