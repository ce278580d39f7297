package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Replaces a bank's BIC by one of the same form. Its location code ends in 0, which marks a test BIC (ISO 9362), so that no bank has it.
 */
final class BicMasker implements Masker {
    private static final String FORM = "[A-Za-z]{4}[A-Za-z]{2}[A-Za-z0-9]{2}([A-Za-z0-9]{3})?";
    private static final int LETTERS = 26;

    @Override
    public String name() {
        return "bic";
    }

    @Override
    public String description() {
        return "Another BIC of the same length, one that no bank has.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.of("keepCountry", Parameter.Type.FLAG, true, "Whether the country's two letters stay."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Example example() {
        return Example.of("MUSTDEFF123");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        boolean keepCountry = settings.flag("keepCountry");
        KeyedHash hash = column.hash();
        return (value, output) -> {
            String text = value.text();
            if (!text.matches(FORM)) {
                output.unreadable();
                return;
            }
            long chosen = value.hash(hash) >>> 1;
            for (int i = 0; i < 4; i++) {
                output.append((char) ('A' + chosen % LETTERS));
                chosen /= LETTERS;
            }
            output.append(keepCountry ? text.substring(4, 6) : "XX");
            output.append((char) ('A' + chosen % LETTERS));
            output.append('0');
            if (text.length() > 8) {
                output.append("XXX");
            }
        };
    }
}
