package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhoneMaskerTest {
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    @Test
    void everyCountryGetsNumbersThatAreValidThere() throws NumberParseException {
        for (String country : PhonePlan.all().keySet()) {
            ValueMask mask = NumberMasking.mask(new PhoneMasker(), Map.of("country", country), ValueKind.TEXT);
            for (int i = 0; i < 50; i++) {
                String number = NumberMasking.text(mask, "0171 " + i);
                assertTrue(NUMBERS.isValidNumberForRegion(NUMBERS.parse(number, null), country), country);
            }
        }
        assertTrue(PhonePlan.all().size() > 230);
    }

    @Test
    void aLocaleStandsForItsCountry() {
        Map<String, String> codes = Map.of("de", "+49", "de-AT", "+43", "fr_CH", "+41", "en", "+1", "fi", "+358");
        codes.forEach((locale, code) -> {
            String number = NumberMasking.text(prepare(Map.of("locale", locale), TextColumn.of(40)), "0171 5");
            assertTrue(number.startsWith(code), locale);
        });
        assertThrows(MaskRefused.class, () -> prepare(Map.of("locale", "de", "country", "DE"), TextColumn.of(40)));
        assertThrows(MaskRefused.class, () -> prepare(Map.of("locale", "de-ZZ"), TextColumn.of(40)));
    }

    @Test
    void theCallingCodeStaysAndNothingBehindIt() throws NumberParseException {
        ValueMask mask = NumberMasking.mask(new PhoneMasker(), Map.of(), ValueKind.TEXT);
        for (int code : List.of(1, 7, 33, 34, 39, 41, 43, 44, 49, 354, 358, 971)) {
            Set<String> ends = new HashSet<>();
            for (int i = 0; i < 200; i++) {
                String masked = NumberMasking.text(mask, "+" + code + " (0) 212 555-" + (1000 + i));
                assertEquals(code, NUMBERS.parse(masked, null).getCountryCode());
                assertTrue(NUMBERS.isValidNumber(NUMBERS.parse(masked, null)), "+" + code);
                ends.add(masked);
            }
            assertTrue(ends.size() > 180, "+" + code + ": " + ends.size());
        }
    }

    @Test
    void aNumberWithoutPlusKeepsItsPunctuationOnly() {
        ValueMask mask = NumberMasking.mask(new PhoneMasker(), Map.of(), ValueKind.TEXT);
        String masked = NumberMasking.text(mask, "(0171) 555-1234");
        assertTrue(masked.matches("\\([0-9]{4}\\) [0-9]{3}-[0-9]{4}"));
        assertTrue(!masked.equals("(0171) 555-1234"));
        for (String odd : List.of("", "+", "n/a", "0171 ext 5", "+é")) {
            assertEquals("<UNREADABLE>", NumberMasking.text(mask, odd));
        }
    }

    @Test
    void aShortColumnIsRefusedWhereACountryIsGivenAndNeverCutWhereNot() {
        MaskedColumn wide = TextColumn.of(40);
        MaskedColumn narrow = TextColumn.of(10);
        assertThrows(MaskRefused.class, () -> prepare(Map.of("country", "DE"), narrow));
        assertThrows(MaskRefused.class, () -> prepare(Map.of("country", "Germany"), wide));
        assertThrows(MaskRefused.class, () -> prepare(Map.of(), TextColumn.unique(40)));
        assertEquals(
                10, NumberMasking.text(prepare(Map.of(), narrow), "+491715551").length());
    }

    private static ValueMask prepare(Map<String, Object> given, MaskedColumn column) {
        PhoneMasker masker = new PhoneMasker();
        return masker.prepare(NumberMasking.settings(masker, given), column);
    }
}
