package dev.caravan;

import dev.caravan.mask.MaskedColumn;
import dev.caravan.mask.Masker;
import dev.caravan.mask.Settings;
import dev.caravan.mask.Uniqueness;
import dev.caravan.mask.ValueKind;
import dev.caravan.mask.ValueMask;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A masker that does not keep what it promises: it gives each value the next number, and an equal one another. */
public final class ForgetfulMasker implements Masker {
    private static final AtomicInteger NEXT = new AtomicInteger();

    @Override
    public String name() {
        return "forgetful";
    }

    @Override
    public String description() {
        return "The next number.";
    }

    @Override
    public Set<ValueKind> accepts() {
        return Set.of(ValueKind.TEXT);
    }

    @Override
    public Uniqueness uniqueness(Settings settings) {
        return Uniqueness.BIJECTIVE;
    }

    @Override
    public Example example() {
        return Example.of("a");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        return (value, output) -> output.append("n" + NEXT.incrementAndGet());
    }
}
