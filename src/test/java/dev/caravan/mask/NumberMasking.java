package dev.caravan.mask;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Masks single values in tests. */
final class NumberMasking {
    static final MaskKey KEY = MaskKey.parse("000102030405060708090a0b0c0d0e0f");
    static final MaskKey OTHER_KEY = MaskKey.parse("f0e1d2c3b4a5968778695a4b3c2d1e0f");

    private NumberMasking() {}

    static ValueMask mask(Masker masker, Map<String, Object> given, ValueKind kind) {
        return mask(masker, given, kind, KEY);
    }

    static ValueMask mask(Masker masker, Map<String, Object> given, ValueKind kind, MaskKey key) {
        return masker.prepare(settings(masker, given), MaskedColumn.of(kind, "any", "test", key));
    }

    static Settings settings(Masker masker, Map<String, Object> given) {
        List<String> faults = new ArrayList<>();
        Settings settings = Settings.check(masker, given, faults);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return settings;
    }

    /** The masked number; an exception when there is none. */
    static long number(ValueMask mask, ValueKind kind, long number) {
        Output output = new Output().clear();
        mask.mask(new Value().number(kind, number), output);
        if (output.form() != Output.Form.NUMBER) {
            throw new IllegalStateException("form " + output.form());
        }
        return output.number();
    }

    /** The masked text, or the form in angle brackets when it is none, such as {@code <UNREADABLE>}. */
    static String text(ValueMask mask, ValueKind kind, String text) {
        byte[] bytes = ("#" + text).getBytes(StandardCharsets.UTF_8);
        Output output = new Output().clear();
        mask.mask(new Value().bytes(kind, bytes, 1, bytes.length - 1), output);
        return output.form() == Output.Form.BYTES
                ? new String(output.bytes(), 0, output.length(), StandardCharsets.UTF_8)
                : "<" + output.form() + ">";
    }

    static String text(ValueMask mask, String text) {
        return text(mask, ValueKind.TEXT, text);
    }
}
