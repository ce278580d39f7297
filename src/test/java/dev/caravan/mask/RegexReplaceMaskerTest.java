package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegexReplaceMaskerTest {
    private static ValueMask mask(String pattern, String replacement, String whenNoMatch) {
        return NumberMasking.mask(
                new RegexReplaceMasker(),
                Map.of("pattern", pattern, "replacement", replacement, "whenNoMatch", whenNoMatch),
                ValueKind.TEXT);
    }

    @Test
    void everyMatchIsReplaced() {
        assertEquals("Order ####", NumberMasking.text(mask("[0-9]", "#", "replace"), "Order 4711"));
        assertEquals("M, A", NumberMasking.text(mask("(\\w)\\w+", "$1", "replace"), "Muster, Anna"));
        assertEquals("M, A", NumberMasking.text(mask("(?<i>\\w)\\w+", "${i}", "replace"), "Muster, Anna"));
    }

    @Test
    void aValueInWhichNothingChangesIsKeptOnlyWhenThatWasSaid() {
        for (String value : List.of("Anna", "", "no digit")) {
            assertEquals("<UNREADABLE>", NumberMasking.text(mask("[0-9]", "#", "replace"), value));
            assertEquals(value, NumberMasking.text(mask("[0-9]", "#", "keep"), value));
        }
        assertEquals("<UNREADABLE>", NumberMasking.text(mask("Anna", "Anna", "replace"), "Anna"));
        assertEquals("<UNREADABLE>", NumberMasking.text(mask("z*", "", "replace"), "Anna"));
    }

    @Test
    void whatIsCutOffIsNoChange() {
        RegexReplaceMasker masker = new RegexReplaceMasker();
        Settings settings = NumberMasking.settings(masker, Map.of("pattern", "$", "replacement", "!"));
        ValueMask mask = masker.prepare(settings, TextColumn.of(4));
        assertEquals("<UNREADABLE>", NumberMasking.text(mask, "Anna"));
        assertEquals("Ann!", NumberMasking.text(mask, "Ann"));
    }

    @Test
    void longTextsAndEndlessPatternsAreGivenUp() {
        ValueMask digits = mask("[0-9]", "#", "keep");
        assertEquals("#".repeat(10_000), NumberMasking.text(digits, "1".repeat(10_000)));
        assertEquals("<UNREADABLE>", NumberMasking.text(digits, "1".repeat(10_001)));
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            String endless = NumberMasking.text(mask("(.*a){20}$", "", "keep"), "a".repeat(5000) + "!");
            assertEquals("<UNREADABLE>", endless);
            String deep = NumberMasking.text(mask("(a|b)*c", "", "keep"), "ab".repeat(5000));
            assertFalse(deep.contains("c"));
        });
    }

    @Test
    void aPatternOrAReplacementThatCannotWorkIsRefused() {
        assertThrows(MaskRefused.class, () -> mask("(", "", "replace"));
        for (String replacement : List.of("$1", "${name}", "$", "\\", "$x")) {
            assertThrows(MaskRefused.class, () -> mask("[0-9]", replacement, "replace"), replacement);
        }
        assertEquals("\\$", NumberMasking.text(mask("[0-9]+", "\\\\\\$", "replace"), "12"));
    }
}
