package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Values that citext holds for equal are masked to values that it holds for equal: else keys of citext would not join. */
class CaselessTest {
    private static final List<String> SAMPLES = List.of(
            "Anna.Muster@Corp.Example",
            "DE89 3704 0044 0532 0130 00",
            "GB82WEST12345698765432",
            "MUSTDEFF123",
            "6fa459ea-ee8a-4ca4-894e-db77e160355e",
            "SW1A 2AA",
            "99999999R",
            "08:00:2B:01:02:03",
            "2001:DB8::1F",
            "https://Corp.Example/Anna",
            "+49 000 1234567",
            "Anna Muster",
            "sk_live_51H8");

    @Test
    void equalValuesStayEqual() {
        List<String> unequal = new ArrayList<>();
        for (Masker masker : Maskers.load().all()) {
            if (!masker.accepts().contains(ValueKind.TEXT) || masker.name().equals("keep")) {
                continue;
            }
            List<String> faults = new ArrayList<>();
            Settings settings = Settings.check(masker, masker.example().parameters(), faults);
            MaskedColumn column = TextColumn.column("citext", 200, false, List.of("other"));
            ValueMask mask;
            try {
                mask = masker.prepare(settings, column);
            } catch (MaskRefused refused) {
                continue;
            }
            for (String sample : SAMPLES) {
                String upper = masked(mask, column, sample.toUpperCase(Locale.ROOT));
                if (!upper.equalsIgnoreCase(masked(mask, column, sample.toLowerCase(Locale.ROOT)))) {
                    unequal.add(masker.name() + " of " + sample);
                }
            }
        }
        assertEquals(List.of(), unequal);
    }

    private static String masked(ValueMask mask, MaskedColumn column, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Value value = new Value()
                .row(index -> "x")
                .bytes(ValueKind.TEXT, bytes, 0, bytes.length)
                .caseless();
        Output output = new Output();
        mask.mask(value, output);
        if (output.form() == Output.Form.UNREADABLE) {
            output.clear();
            new Fallback(column).write(value, output);
        }
        return output.form() == Output.Form.NULL
                ? "NULL"
                : new String(output.bytes(), 0, output.length(), StandardCharsets.UTF_8);
    }
}
