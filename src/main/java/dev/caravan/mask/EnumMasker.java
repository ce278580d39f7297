package dev.caravan.mask;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/** Another of the enum's labels, chosen by keyed hash; now and then the same one. */
public final class EnumMasker implements Masker {
    @Override
    public String name() {
        return "enum";
    }

    @Override
    public String description() {
        return "One of the enum's labels.";
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.ENUM);
    }

    @Override
    public Example example() {
        return new Example(java.util.Map.of(), "enum", "gold");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        if (column.labels().isEmpty()) {
            throw new MaskRefused("the enum has no labels");
        }
        KeyedHash hash = column.hash("enum");
        byte[][] labels = column.labels().stream()
                .map(label -> label.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        return (value, output) -> output.append(labels[KeyedHash.below(value.hash(hash), labels.length)]);
    }
}
