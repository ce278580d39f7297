package dev.caravan.mask;

import java.util.EnumSet;
import java.util.Set;

/** Empties the column. */
public final class NullMasker implements Masker {
    @Override
    public String name() {
        return "null";
    }

    @Override
    public String description() {
        return "Replaces the value by NULL.";
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.allOf(ValueKind.class);
    }

    @Override
    public boolean alwaysChanges(Settings settings) {
        return true;
    }

    @Override
    public boolean mayReuse() {
        return false;
    }

    @Override
    public Example example() {
        return Example.of("Anna Muster");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        if (column.notNull()) {
            throw new MaskRefused("the column refuses NULL; fixed or default give it another value");
        }
        return (value, output) -> output.setNull();
    }
}
