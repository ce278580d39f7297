package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows the first and last characters and hides the rest; a short value is hidden whole. */
final class PartialMasker implements Masker {
    @Override
    public String name() {
        return "partial";
    }

    @Override
    public String description() {
        return "Shows the first and last characters and hides the rest; a short value is hidden whole.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.of("keepFirst", Parameter.Type.INTEGER, 0L, "How many characters at the beginning stay."),
                Parameter.of("keepLast", Parameter.Type.INTEGER, 0L, "How many characters at the end stay."),
                Parameter.of("fill", Parameter.Type.TEXT, "*", "What hides a character."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    private static final int LEAST_HIDDEN = 2;
    private static final int MOST_KEPT = 1000;

    @Override
    public Example example() {
        return new Example(Map.of("keepLast", 4), "text", "4111 1111 1111 1111");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        int first = kept(settings.integer("keepFirst"));
        int last = kept(settings.integer("keepLast"));
        String fill = settings.text("fill");
        if (fill.isEmpty()) {
            throw new MaskRefused("fill must not be empty");
        }
        return (value, output) -> {
            int[] characters = value.text().codePoints().toArray();
            boolean longEnough = characters.length > first + last + LEAST_HIDDEN;
            for (int i = 0; i < characters.length; i++) {
                boolean kept = longEnough && (i < first || i >= characters.length - last);
                output.append(kept ? Character.toString(characters[i]) : fill);
            }
        };
    }

    /** Bounded, so that the sum of two does not overflow and show the whole value. */
    private static int kept(long characters) {
        if (characters < 0 || characters > MOST_KEPT) {
            throw new MaskRefused("keepFirst and keepLast must be from 0 to " + MOST_KEPT);
        }
        return (int) characters;
    }
}
