package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NumberMaskersTest {
    @Test
    void noiseStaysWithinItsShareAndMovesMostNumbers() {
        ValueMask mask = NumberMasking.mask(new NumberNoiseMasker(), Map.of("percent", 10), ValueKind.INTEGER);
        int moved = 0;
        for (long number = 1000; number < 3000; number++) {
            long by = NumberMasking.number(mask, ValueKind.INTEGER, number) - number;
            assertTrue(Math.abs(by) <= number / 10 + 1);
            moved += by == 0 ? 0 : 1;
        }
        assertTrue(moved > 1900);
        long greatest = NumberMasking.number(mask, ValueKind.INTEGER, Long.MAX_VALUE);
        assertTrue(greatest > Long.MAX_VALUE / 10 * 8);
    }

    @Test
    void noiseMovesEveryNumberBut0() {
        ValueMask mask = NumberMasking.mask(new NumberNoiseMasker(), Map.of("percent", 1), ValueKind.INTEGER);
        for (long number = -50; number < 200; number++) {
            long by = NumberMasking.number(mask, ValueKind.INTEGER, number) - number;
            assertTrue(number == 0 ? by == 0 : by != 0 && Math.abs(by) <= 2, "a number stays");
        }
    }

    @Test
    void noiseMovesEveryNumberOfEveryKindAndStaysInTheColumn() {
        ValueMask reals = NumberMasking.mask(new NumberNoiseMasker(), Map.of("percent", 10), ValueKind.FLOAT);
        ValueMask decimals = NumberMasking.mask(new NumberNoiseMasker(), Map.of("percent", 10), ValueKind.DECIMAL);
        boolean up = false;
        boolean down = false;
        for (int i = 1; i < 500; i++) {
            Output output = new Output().clear();
            reals.mask(new Value().real(i * 0.5), output);
            double by = output.real() / (i * 0.5) - 1;
            assertTrue(Math.abs(by) <= 0.1000001 && Math.abs(by) > 0.006, "by " + by);
            up |= by > 0;
            down |= by < 0;
            decimals.mask(new Value().decimal(new BigDecimal(i).movePointLeft(2)), output.clear());
            assertTrue(output.decimal().compareTo(new BigDecimal(i).movePointLeft(2)) != 0, "a number stays");
        }
        assertTrue(up && down);
        Output greatest = new Output().clear();
        reals.mask(new Value().real(Double.MAX_VALUE), greatest);
        assertTrue(Double.isFinite(greatest.real()));
    }

    @Test
    void noiseKeepsTheScaleOfANumeric() {
        Output output = new Output().clear();
        NumberMasking.mask(new NumberNoiseMasker(), Map.of(), ValueKind.DECIMAL)
                .mask(new Value().decimal(new BigDecimal("48000.00")), output);
        assertEquals(2, output.decimal().scale());
    }

    @Test
    void randomReachesBothEndsAndRoundFindsTheNearest() {
        ValueMask random = NumberMasking.mask(new NumberRandomMasker(), Map.of("min", 5, "max", 7), ValueKind.INTEGER);
        boolean[] seen = new boolean[3];
        for (long number = 0; number < 500; number++) {
            seen[(int) NumberMasking.number(random, ValueKind.INTEGER, number) - 5] = true;
        }
        assertTrue(seen[0] && seen[1] && seen[2]);
        ValueMask round = NumberMasking.mask(new NumberRoundMasker(), Map.of("to", 100), ValueKind.INTEGER);
        assertEquals(4700, NumberMasking.number(round, ValueKind.INTEGER, 4711));
        assertEquals(-4800, NumberMasking.number(round, ValueKind.INTEGER, -4751));
        assertThrows(
                MaskRefused.class,
                () -> NumberMasking.mask(new NumberRoundMasker(), Map.of("to", 0), ValueKind.INTEGER));
    }

    @Test
    void aCoinFollowsItsProbability() {
        ValueMask never = NumberMasking.mask(new BooleanMasker(), Map.of("probability", 0), ValueKind.BOOLEAN);
        ValueMask always = NumberMasking.mask(new BooleanMasker(), Map.of("probability", 1), ValueKind.BOOLEAN);
        for (long value = 0; value < 2; value++) {
            assertEquals(0, NumberMasking.number(never, ValueKind.BOOLEAN, value));
            assertEquals(1, NumberMasking.number(always, ValueKind.BOOLEAN, value));
        }
    }

    @Test
    void aStubHidesTheBytes() {
        ValueMask zeros = NumberMasking.mask(new BytesMasker(), Map.of("stub", "zeros"), ValueKind.BYTES);
        assertEquals("\0\0\0", NumberMasking.text(zeros, ValueKind.BYTES, "abc"));
    }
}
