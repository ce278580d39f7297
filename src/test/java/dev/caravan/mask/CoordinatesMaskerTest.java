package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoordinatesMaskerTest {
    private static final double DEGREES = 5000 / 111_320.0;

    private static ValueMask mask(ValueKind kind) {
        return NumberMasking.mask(new CoordinatesMasker(), Map.of(), kind);
    }

    @Test
    void aPlaceMovesButNotFarAndStaysOnEarth() {
        ValueMask mask = mask(ValueKind.TEXT);
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            double latitude = i % 100 == 0 ? 90 : i % 100 == 1 ? -90 : random.nextDouble() * 180 - 90;
            double longitude = i % 100 == 2 ? 180 : i % 100 == 3 ? -180 : random.nextDouble() * 360 - 180;
            String[] moved = NumberMasking.text(
                            mask,
                            BigDecimal.valueOf(latitude).toPlainString() + ", "
                                    + BigDecimal.valueOf(longitude).toPlainString())
                    .split(",");
            double south = Double.parseDouble(moved[0]);
            double east = Double.parseDouble(moved[1]);
            double wider = Math.max(0.01, Math.cos(Math.toRadians(latitude)));
            assertTrue(Math.abs(south) <= 90 && Math.abs(east) <= 180);
            double northward = Math.abs(south - latitude) / DEGREES;
            double eastward = Math.abs(east - longitude) * wider / DEGREES;
            assertTrue(northward > 0.099 && northward < 1.001, "moved by " + northward);
            assertTrue(eastward > 0.099 && eastward < 1.001, "moved by " + eastward);
        }
    }

    @Test
    void numbersMoveWithinWhatTheColumnHolds() {
        Random random = new Random(43);
        for (int i = 0; i < 5000; i++) {
            double place = random.nextDouble() * 360 - 180;
            Output output = new Output().clear();
            mask(ValueKind.FLOAT).mask(new Value().real(place), output);
            double by = Math.abs(output.real() - place) / DEGREES;
            assertTrue(by > 0.099 && by < 1.001 && Math.abs(output.real()) <= 180);
        }
        Output output = new Output().clear();
        ValueMask narrow = new CoordinatesMasker()
                .prepare(NumberMasking.settings(new CoordinatesMasker(), Map.of()), decimal(6, 4));
        narrow.mask(new Value().decimal(new BigDecimal("52.5200")), output);
        assertEquals(4, output.decimal().scale());
        assertTrue(output.decimal().compareTo(new BigDecimal("52.5200")) != 0);
        output.clear();
        narrow.mask(new Value().decimal(new BigDecimal("120.01")), output);
        assertEquals(Output.Form.UNREADABLE, output.form());
    }

    @Test
    void whatIsNoPlaceIsUnreadable() {
        for (String odd :
                List.of("", "52.5", "a,b", "91,0", "0,181", "1e1,2", "52,52;13,40", "1,2,3", "1".repeat(100))) {
            assertEquals("<UNREADABLE>", NumberMasking.text(mask(ValueKind.TEXT), odd), odd);
        }
        for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 180.1}) {
            Output output = new Output().clear();
            mask(ValueKind.FLOAT).mask(new Value().real(odd), output);
            assertEquals(Output.Form.UNREADABLE, output.form());
        }
    }

    @Test
    void aColumnThatCannotShowTheMoveIsRefused() {
        CoordinatesMasker masker = new CoordinatesMasker();
        Settings settings = NumberMasking.settings(masker, Map.of());
        assertThrows(MaskRefused.class, () -> masker.prepare(settings, decimal(4, 2)));
        assertThrows(MaskRefused.class, () -> masker.prepare(settings, TextColumn.of(21)));
        Settings near = NumberMasking.settings(masker, Map.of("metres", 99));
        assertThrows(MaskRefused.class, () -> masker.prepare(near, decimal(9, 6)));
    }

    private static MaskedColumn decimal(int precision, int scale) {
        return new MaskedColumn(
                ValueKind.DECIMAL,
                "numeric",
                OptionalInt.empty(),
                OptionalInt.of(precision),
                OptionalInt.of(scale),
                false,
                false,
                List.of(),
                "test",
                NumberMasking.KEY,
                List.of());
    }
}
