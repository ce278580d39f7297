package dev.caravan.mask;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Replaces what a browser says of itself by what many browsers say. */
final class UserAgentMasker implements Masker {
    @Override
    public String name() {
        return "user-agent";
    }

    @Override
    public String description() {
        return "Replaces a browser's signature by a common one.";
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Example example() {
        return Example.of("MusterBrowser/1.0 (build 4711; device of Max)");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        Dictionary agents = column.dictionary("user-agents", Optional.empty());
        KeyedHash hash = column.hash();
        return (value, output) -> output.append(agents.choose(value.hash(hash)));
    }
}
