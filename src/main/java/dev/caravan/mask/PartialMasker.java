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

    @Override
    public Example example() {
        return new Example(Map.of("keepLast", 4), "text", "4111 1111 1111 1111");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        int first = (int) settings.integer("keepFirst");
        int last = (int) settings.integer("keepLast");
        String fill = settings.text("fill");
        if (first < 0 || last < 0 || fill.isEmpty()) {
            throw new MaskRefused("keepFirst and keepLast are not negative, and fill is not empty");
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
}
