package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShapeMaskTest {
    @Test
    void everyPlaceDependsOnTheWholeValue() {
        ValueMask mask = NumberMasking.mask(new SecretMasker(), Map.of(), ValueKind.TEXT);
        String one = NumberMasking.text(mask, "0123456789abcdefghij0");
        Set<Integer> differs = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            String other =
                    NumberMasking.text(mask, "0123456789abcdefghij" + i % 10).substring(0, one.length());
            for (int place = 0; place < one.length(); place++) {
                if (one.charAt(place) != other.charAt(place)) {
                    differs.add(place);
                }
            }
        }
        assertEquals(one.length(), differs.size());
    }

    @Test
    void manyLongValuesStayApart() {
        ValueMask mask = NumberMasking.mask(new SecretMasker(), Map.of(), ValueKind.TEXT);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            seen.add(NumberMasking.text(mask, "key-" + (1_000_000 + i) + "-abcdefgh"));
        }
        assertTrue(seen.size() >= 49_999, "distinct: " + seen.size());
    }

    @Test
    void punctuationCaseAndLengthStay() {
        ValueMask mask = NumberMasking.mask(new SecretMasker(), Map.of(), ValueKind.TEXT);
        assertTrue(NumberMasking.text(mask, "sk_Live-51H8").matches("[a-z]{2}_[A-Z][a-z]{3}-[0-9]{2}[A-Z][0-9]"));
    }

    @Test
    void aValueWithoutAnythingToReplaceIsUnreadable() {
        ValueMask mask = NumberMasking.mask(new SecretMasker(), Map.of(), ValueKind.TEXT);
        assertEquals("<UNREADABLE>", NumberMasking.text(mask, "--"));
        assertEquals("<UNREADABLE>", NumberMasking.text(mask, "12é"));
    }
}
