package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdMaskersTest {
    private static final MaskedColumn COLUMN = MaskedColumn.of(ValueKind.INTEGER, "int4", "test", NumberMasking.KEY);

    private final ValueMask ids = NumberMasking.mask(new IntegerIdMasker(), Map.of(), ValueKind.INTEGER);
    private final ValueMask uuids = NumberMasking.mask(new UuidMasker(), Map.of(), ValueKind.TEXT);

    @Test
    void permutationMovesEveryMemberOfEverySmallSet() {
        for (int size = 2; size <= 300; size++) {
            Permutation permutation = new Permutation(COLUMN.hash(), size - 1, 0);
            BitSet seen = new BitSet();
            for (int x = 0; x < size; x++) {
                long y = permutation.of(x);
                assertTrue(y >= 0 && y < size && y != x, "size " + size);
                seen.set((int) y);
            }
            assertEquals(size, seen.cardinality());
        }
    }

    @Test
    void numbersThatAreNoLongOnesStayDifferentAndEqualOnesEqual() {
        ValueMask decimals = NumberMasking.mask(new IntegerIdMasker(), Map.of(), ValueKind.DECIMAL);
        Set<BigDecimal> seen = new HashSet<>();
        int count = 0;
        for (String start : List.of(
                "12345678901234567890",
                "999999999999999000",
                "1152921504606846000",
                "-1152921504606847800",
                "0.001",
                "1000.01")) {
            BigDecimal first = new BigDecimal(start);
            for (int i = 0; i < 2_000; i++) {
                BigDecimal number = first.add(BigDecimal.valueOf(i, first.scale()));
                BigDecimal masked = decimal(decimals, number);
                assertEquals(
                        0, masked.compareTo(decimal(decimals, number.setScale(number.scale() + 2))), number.toString());
                assertEquals(number.scale(), masked.scale(), number.toString());
                seen.add(masked.stripTrailingZeros());
                count++;
            }
        }
        assertEquals(count, seen.size());
    }

    private static BigDecimal decimal(ValueMask mask, BigDecimal number) {
        Output output = new Output().clear();
        mask.mask(new Value().decimal(number), output);
        assertEquals(Output.Form.DECIMAL, output.form(), number.toString());
        return output.decimal();
    }

    @Test
    void permutationOfAllLongsStaysWithinThem() {
        Permutation permutation = new Permutation(COLUMN.hash(), Long.MAX_VALUE, 0);
        Random random = new Random(1);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            long x = random.nextLong() >>> 1;
            long y = permutation.of(x);
            assertTrue(y >= 0 && y != x);
            seen.add(y);
        }
        assertEquals(50_000, seen.size());
    }

    @Test
    void idsOfTwoBytesStayWhatTheyAreTogetherAndEachBecomesAnother() {
        BitSet seen = new BitSet();
        for (int id = Short.MIN_VALUE; id <= Short.MAX_VALUE; id++) {
            long masked = NumberMasking.number(ids, ValueKind.INTEGER, id);
            assertTrue(masked >= Short.MIN_VALUE && masked <= Short.MAX_VALUE);
            assertEquals(id == 0, masked == id, "only 0 stays");
            seen.set((int) masked - Short.MIN_VALUE);
        }
        assertEquals(1 << 16, seen.cardinality());
    }

    @Test
    void idsAtTheEdgesOfTheTypesFitThem() {
        for (long edge : new long[] {Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) {
            long masked = NumberMasking.number(ids, ValueKind.INTEGER, edge);
            assertEquals(Long.signum(edge), Long.signum(masked));
            assertTrue(Math.abs(edge) > Integer.MAX_VALUE + 1L || (int) masked == masked || edge == Long.MIN_VALUE);
        }
    }

    @Test
    void nothingUpToTheLastIdGoesBeyondWhereTheSequenceGoesOn() {
        for (long last : new long[] {1, 1023, 1024, 5000, 65_535}) {
            long beyond = IntegerIdMasker.beyond(last);
            for (long id = 1; id <= last; id++) {
                assertTrue(NumberMasking.number(ids, ValueKind.INTEGER, id) < beyond);
            }
        }
        assertEquals(1024, IntegerIdMasker.beyond(1023));
        assertEquals(2048, IntegerIdMasker.beyond(1024));
        assertEquals(1, IntegerIdMasker.beyond(0));
        assertEquals(Long.MAX_VALUE, IntegerIdMasker.beyond(Long.MAX_VALUE));
    }

    @Test
    void aNumericBecomesWhatAnIntegerBecomesAndKeepsItsScale() {
        ValueMask numeric = NumberMasking.mask(new IntegerIdMasker(), Map.of(), ValueKind.DECIMAL);
        Output output = new Output().clear();
        numeric.mask(new Value().decimal(new BigDecimal("4711.00")), output);
        assertEquals(new BigDecimal(NumberMasking.number(ids, ValueKind.INTEGER, 4711)).setScale(2), output.decimal());
        numeric.mask(new Value().decimal(new BigDecimal("1E+40")), output.clear());
        assertEquals(Output.Form.UNREADABLE, output.form());
    }

    @Test
    void aNumericWithFewDigitsHoldsWhatItsIdsBecome() {
        MaskedColumn column = new MaskedColumn(
                ValueKind.DECIMAL,
                "numeric",
                OptionalInt.empty(),
                OptionalInt.of(6),
                OptionalInt.of(2),
                false,
                true,
                List.of(),
                "test",
                NumberMasking.KEY,
                List.of());
        ValueMask narrow = new IntegerIdMasker().prepare(Settings.NONE, column);
        Set<BigDecimal> seen = new HashSet<>();
        for (int id = -9999; id <= 9999; id++) {
            Output output = new Output().clear();
            narrow.mask(new Value().decimal(BigDecimal.valueOf(id)), output);
            assertTrue(output.decimal().abs().compareTo(BigDecimal.valueOf(9999)) <= 0, "too many digits");
            assertEquals(id == 0, output.decimal().signum() == 0, "only 0 stays 0");
            seen.add(output.decimal());
        }
        assertEquals(19_999, seen.size());
        MaskedColumn none = new MaskedColumn(
                ValueKind.DECIMAL,
                "numeric",
                OptionalInt.empty(),
                OptionalInt.of(2),
                OptionalInt.of(2),
                false,
                true,
                List.of(),
                "test",
                NumberMasking.KEY,
                List.of());
        assertThrows(MaskRefused.class, () -> new IntegerIdMasker().prepare(Settings.NONE, none));
    }

    @Test
    void anotherKeyGivesOtherIds() {
        ValueMask other =
                NumberMasking.mask(new IntegerIdMasker(), Map.of(), ValueKind.INTEGER, NumberMasking.OTHER_KEY);
        int same = 0;
        for (int id = 1_000_000; id < 1_001_000; id++) {
            same += NumberMasking.number(ids, ValueKind.INTEGER, id)
                            == NumberMasking.number(other, ValueKind.INTEGER, id)
                    ? 1
                    : 0;
        }
        assertTrue(same < 10);
    }

    @Test
    void uuidsStayDifferentAndKeepVersionAndVariant() {
        ValueMask mask = NumberMasking.mask(new UuidMasker(), Map.of(), ValueKind.UUID);
        Random random = new Random(2);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            long high = random.nextLong();
            long low = i;
            Output output = new Output().clear();
            mask.mask(new Value().uuid(high, low), output);
            assertEquals(high & 0xF000, output.high() & 0xF000);
            assertEquals(low >>> 62, output.number() >>> 62);
            seen.add(output.high() + " " + output.number());
        }
        assertEquals(200_000, seen.size());
    }

    @Test
    void aUuidInTextBecomesWhatAUuidBecomes() {
        String before = "6fa459ea-ee8a-4ca4-894e-db77e160355e";
        java.util.UUID uuid = java.util.UUID.fromString(before);
        Output output = new Output().clear();
        NumberMasking.mask(new UuidMasker(), Map.of(), ValueKind.UUID)
                .mask(new Value().uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()), output);
        String expected = new java.util.UUID(output.high(), output.number()).toString();
        assertNotEquals(before, expected);
        assertEquals(expected, NumberMasking.text(uuids, before));
        assertEquals(expected.replace("-", ""), NumberMasking.text(uuids, before.replace("-", "")));
        assertEquals(
                "{" + expected.toUpperCase(java.util.Locale.ROOT) + "}",
                NumberMasking.text(uuids, "{" + before.toUpperCase(java.util.Locale.ROOT) + "}"));
    }

    @Test
    void whatIsNoUuidIsUnreadable() {
        for (String odd : new String[] {
            "",
            "none",
            "6FA459ea-ee8a-4ca4-894e-db77e160355e",
            "6fa459ea-ee8a-4ca4-894e-db77e160355g",
            "6fa459eaaee8a-4ca4-894e-db77e160355e",
            "ü".repeat(16),
            "{}"
        }) {
            assertEquals("<UNREADABLE>", NumberMasking.text(uuids, odd));
        }
    }
}
