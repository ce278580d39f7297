package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartialMaskerTest {
    @Test
    void aValueIsShownInPartOnlyWhereEnoughStaysHidden() {
        ValueMask mask = NumberMasking.mask(new PartialMasker(), Map.of("keepFirst", 1, "keepLast", 2), ValueKind.TEXT);
        assertEquals("a***ef", NumberMasking.text(mask, "abcdef"));
        for (String hidden : List.of("a", "ab", "abc", "abcd", "abcde")) {
            assertEquals("*".repeat(hidden.length()), NumberMasking.text(mask, hidden));
        }
        assertEquals("é***\uD83D\uDE00f", NumberMasking.text(mask, "ébcd\uD83D\uDE00f"));
    }

    @Test
    void noNumberOfKeptCharactersShowsTheWhole() {
        for (long most : new long[] {-1, 1001, Integer.MAX_VALUE, 1L << 32}) {
            assertThrows(
                    MaskRefused.class,
                    () -> NumberMasking.mask(
                            new PartialMasker(), Map.of("keepFirst", most, "keepLast", 1), ValueKind.TEXT));
        }
        ValueMask mask =
                NumberMasking.mask(new PartialMasker(), Map.of("keepFirst", 1000, "keepLast", 1000), ValueKind.TEXT);
        assertEquals("*".repeat(2002), NumberMasking.text(mask, "x".repeat(2002)));
        assertThrows(
                MaskRefused.class, () -> NumberMasking.mask(new PartialMasker(), Map.of("fill", ""), ValueKind.TEXT));
    }
}
