package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tosses a keyed coin. Two values can only have two results: with a key of the row in {@code per} each row has its own toss, which
 * says nothing of the value any more.
 */
public final class BooleanMasker implements Masker {
    private static final int STEPS = 1 << 30;

    @Override
    public String name() {
        return "boolean";
    }

    @Override
    public String description() {
        return "True or false by a keyed coin, tossed per another column where that is given.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.of("probability", Parameter.Type.NUMBER, 0.5, "How often it is true, from 0 to 1."),
                Parameter.optional("per", Parameter.Type.TEXT, "The column that the toss depends on, such as id."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.BOOLEAN);
    }

    @Override
    public Example example() {
        return new Example(Map.of(), "bool", "t");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        double probability = settings.number("probability");
        if (!(probability >= 0 && probability <= 1)) {
            throw new MaskRefused("probability must be from 0 to 1");
        }
        int threshold = (int) (probability * STEPS);
        KeyedHash hash = column.hash("boolean");
        int other = settings.optionalText("per").map(column::other).orElse(-1);
        return (value, output) -> {
            String per = other < 0 ? null : value.row().text(other);
            long chosen;
            if (per == null) {
                chosen = value.hash(hash);
            } else {
                byte[] bytes = per.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                chosen = hash.of(bytes, 0, bytes.length);
            }
            output.number(KeyedHash.below(chosen, STEPS) < threshold ? 1 : 0);
        };
    }
}
