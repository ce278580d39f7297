package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DateMaskersTest {
    private static final long DAY = 86_400_000_000L;

    private static long day(String date) {
        return LocalDate.parse(date).toEpochDay() - LocalDate.of(2000, 1, 1).toEpochDay();
    }

    @Test
    void shiftMovesEveryDateByAtMostTheDaysAndNeverByNone() {
        ValueMask mask = NumberMasking.mask(new DateShiftMasker(), Map.of("maxDays", 3), ValueKind.DATE);
        boolean[] seen = new boolean[7];
        for (long date = -5000; date < 5000; date++) {
            long by = NumberMasking.number(mask, ValueKind.DATE, date) - date;
            assertTrue(by != 0 && Math.abs(by) <= 3);
            seen[(int) by + 3] = true;
        }
        assertTrue(seen[0] && seen[1] && seen[2] && seen[4] && seen[5] && seen[6]);
    }

    @Test
    void shiftPerEntityKeepsTheTimeBetweenItsDates() {
        DateShiftMasker masker = new DateShiftMasker();
        MaskedColumn column = new MaskedColumn(
                ValueKind.TIMESTAMP,
                "timestamp",
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                false,
                List.of(),
                "test",
                NumberMasking.KEY,
                List.of("id"));
        ValueMask mask = masker.prepare(NumberMasking.settings(masker, Map.of("per", "id")), column);
        Output output = new Output().clear();
        long first = -1;
        for (long micros = 0; micros < 100 * DAY; micros += DAY + 7) {
            mask.mask(new Value().number(ValueKind.TIMESTAMP, micros).row(index -> "anna"), output.clear());
            long by = output.number() - micros;
            assertEquals(0, by % DAY);
            first = first == -1 ? by : first;
            assertEquals(first, by);
        }
        assertThrows(
                MaskRefused.class,
                () -> masker.prepare(NumberMasking.settings(masker, Map.of("per", "absent")), column));
    }

    @Test
    void shiftStaysWithinTheTypeAtItsEnds() {
        ValueMask mask = NumberMasking.mask(new DateShiftMasker(), Map.of(), ValueKind.DATE);
        for (long edge : new long[] {-2_451_545, 2_145_031_948}) {
            long masked = NumberMasking.number(mask, ValueKind.DATE, edge);
            assertTrue(masked != edge && masked >= -2_451_545 && masked <= 2_145_031_948);
        }
        assertEquals(
                Integer.MAX_VALUE, NumberMasking.number(mask, ValueKind.DATE, Integer.MAX_VALUE), "infinity stays");
    }

    @Test
    void truncateFindsTheBeginning() {
        String[][] cases = {
            {"month", "1984-03-17", "1984-03-01"},
            {"year", "1984-03-17", "1984-01-01"},
            {"decade", "1984-03-17", "1980-01-01"},
            {"month", "2024-02-29", "2024-02-01"}
        };
        for (String[] it : cases) {
            ValueMask mask = NumberMasking.mask(new DateTruncateMasker(), Map.of("to", it[0]), ValueKind.DATE);
            assertEquals(day(it[2]), NumberMasking.number(mask, ValueKind.DATE, day(it[1])), it[0]);
        }
        ValueMask hour = NumberMasking.mask(new DateTruncateMasker(), Map.of("to", "hour"), ValueKind.TIMESTAMP);
        assertEquals(-3_600_000_000L, NumberMasking.number(hour, ValueKind.TIMESTAMP, -1));
        assertEquals(Long.MAX_VALUE, NumberMasking.number(hour, ValueKind.TIMESTAMP, Long.MAX_VALUE), "infinity stays");
        assertThrows(
                MaskRefused.class,
                () -> NumberMasking.mask(new DateTruncateMasker(), Map.of("to", "day"), ValueKind.DATE));
    }

    @Test
    void noiseAndRandomStayWithinTheirBounds() {
        ValueMask noise = NumberMasking.mask(new DateNoiseMasker(), Map.of("days", 2), ValueKind.TIMESTAMP);
        ValueMask random = NumberMasking.mask(
                new DateRandomMasker(), Map.of("from", "1990-01-01", "to", "1990-01-03"), ValueKind.DATE);
        boolean[] seen = new boolean[3];
        for (long i = 0; i < 5000; i++) {
            long micros = i * 1_000_003;
            assertTrue(Math.abs(NumberMasking.number(noise, ValueKind.TIMESTAMP, micros) - micros) <= 2 * DAY);
            seen[(int) (NumberMasking.number(random, ValueKind.DATE, i) - day("1990-01-01"))] = true;
        }
        assertTrue(seen[0] && seen[1] && seen[2]);
        assertThrows(
                MaskRefused.class,
                () -> NumberMasking.mask(new DateRandomMasker(), Map.of("from", "soon"), ValueKind.DATE));
    }

    @Test
    void aRandomDateIsWithinItsBoundsAndATimeWithinItsDay() {
        Map<String, Object> two = Map.of("from", "2001-01-01", "to", "2001-01-02");
        ValueMask dates = NumberMasking.mask(new DateRandomMasker(), two, ValueKind.DATE);
        ValueMask instants = NumberMasking.mask(new DateRandomMasker(), two, ValueKind.TIMESTAMP);
        ValueMask times = NumberMasking.mask(new DateRandomMasker(), Map.of(), ValueKind.TIME);
        boolean first = false;
        boolean last = false;
        boolean late = false;
        for (long i = 0; i < 300; i++) {
            long date = NumberMasking.number(dates, ValueKind.DATE, i);
            first |= date == day("2001-01-01");
            last |= date == day("2001-01-02");
            assertTrue(date == day("2001-01-01") || date == day("2001-01-02"));
            long instant = NumberMasking.number(instants, ValueKind.TIMESTAMP, i);
            assertTrue(instant >= day("2001-01-01") * DAY && instant < day("2001-01-03") * DAY);
            assertEquals(0, instant % 1_000_000);
            long time = NumberMasking.number(times, ValueKind.TIME, i);
            assertTrue(time >= 0 && time < DAY && time % 1_000_000 == 0);
            late |= time > DAY / 2;
        }
        assertTrue(first && last && late);
        assertEquals(Long.MAX_VALUE, NumberMasking.number(dates, ValueKind.DATE, Long.MAX_VALUE));
        for (Map<String, Object> odd : List.<Map<String, Object>>of(
                Map.of("from", "2001-01-02", "to", "2001-01-01"),
                Map.of("from", "yesterday"),
                Map.of("to", "12001-01-01"))) {
            assertThrows(MaskRefused.class, () -> NumberMasking.mask(new DateRandomMasker(), odd, ValueKind.DATE));
        }
    }
}
