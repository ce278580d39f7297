package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.commons.validator.routines.IBANValidator;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;
import org.junit.jupiter.api.Test;

class FormatMaskersTest {
    private static final MaskedColumn UNIQUE = new MaskedColumn(
            ValueKind.TEXT,
            "text",
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            true,
            true,
            List.of(),
            "test",
            NumberMasking.KEY,
            List.of());

    private static byte[] numerals(String text) {
        byte[] numerals = new byte[text.length()];
        for (int i = 0; i < numerals.length; i++) {
            numerals[i] = (byte) Character.digit(text.charAt(i), 36);
        }
        return numerals;
    }

    @Test
    void ff1GivesTheSamplesOfTheStandard() {
        String[][] samples = {
            {"10", "", "0123456789", "2433477484"},
            {"10", "39383736353433323130", "0123456789", "6124200773"},
            {"36", "3737373770717273373737", "0123456789abcdefghi", "a9tv40mll9kdu509eum"}
        };
        Ff1 cipher = new Ff1(HexFormat.of().parseHex("2b7e151628aed2a6abf7158809cf4f3c"));
        for (String[] it : samples) {
            byte[] tweak = HexFormat.of().parseHex(it[1]);
            int radix = Integer.parseInt(it[0]);
            assertArrayEquals(numerals(it[3]), cipher.encrypt(radix, tweak, numerals(it[2])));
            assertArrayEquals(numerals(it[2]), cipher.decrypt(radix, tweak, numerals(it[3])));
        }
    }

    @Test
    void everythingStaysInItsPlaceAndNothingStaysWhatItIs() {
        ValueMask mask = NumberMasking.mask(new FormatPreservingMasker(), Map.of(), ValueKind.TEXT);
        for (String before :
                new String[] {"KD-2048/17b", "7", "x", "A1", "Zoë 99", "Иван-7", "ÀÉ ω", "+49 (0) 170-1234567"}) {
            String after = NumberMasking.text(mask, before);
            assertNotEquals(before, after);
            assertEquals(before.length(), after.length());
            for (int i = 0; i < before.length(); i++) {
                char was = before.charAt(i);
                char is = after.charAt(i);
                if (was >= '0' && was <= '9') {
                    assertTrue(is >= '0' && is <= '9');
                } else if (Character.isLetter(was)) {
                    assertEquals(Character.UnicodeBlock.of(was), Character.UnicodeBlock.of(is));
                    assertTrue(Character.isLetter(is) && Character.isUpperCase(was) == Character.isUpperCase(is));
                } else {
                    assertEquals(was, is);
                }
            }
        }
        for (String odd : new String[] {"", "--", "中文 7", "\u0623-7", "ß7", "7".repeat(1001)}) {
            assertEquals("<UNREADABLE>", NumberMasking.text(mask, odd));
        }
    }

    @Test
    void shortFormatsAreMaskedOneToOneAndTheirSpellingsAlike() {
        ValueMask mask = NumberMasking.mask(new FormatPreservingMasker(), Map.of(), ValueKind.TEXT);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 26_000; i++) {
            String before = "%c-%03d".formatted('a' + i / 1000, i % 1000);
            String after = NumberMasking.text(mask, before);
            assertNotEquals(before, after);
            seen.add(after);
            if (i % 100 == 0) {
                assertEquals(after.toUpperCase(Locale.ROOT), NumberMasking.text(mask, before.toUpperCase(Locale.ROOT)));
            }
        }
        assertEquals(26_000, seen.size());
    }

    @Test
    void oneKindOfCharactersAloneCanBeReplaced() {
        Map<String, String> shapes = Map.of("digits", "KD-Ж[0-9]{4}", "letters", "[A-Z]{2}-[А-Я]2048");
        shapes.forEach((alphabets, shape) -> {
            ValueMask mask =
                    NumberMasking.mask(new FormatPreservingMasker(), Map.of("alphabets", alphabets), ValueKind.TEXT);
            String after = NumberMasking.text(mask, "KD-Ж2048");
            assertTrue(after.matches(shape), after);
            assertNotEquals("KD-Ж2048", after);
        });
        ValueMask digits =
                NumberMasking.mask(new FormatPreservingMasker(), Map.of("alphabets", "digits"), ValueKind.TEXT);
        assertEquals("<UNREADABLE>", NumberMasking.text(digits, "KD"), "nothing would be replaced");
    }

    @Test
    void everyAlphabetHasAsManyCapitalsAsSmallLettersAndNoneTwice() {
        Set<Character> seen = new HashSet<>();
        for (Alphabet alphabet : Alphabet.ALL) {
            assertEquals(alphabet.small().length(), alphabet.capital().length());
            for (char c : (alphabet.small() + (alphabet == Alphabet.DIGITS ? "" : alphabet.capital())).toCharArray()) {
                assertTrue(seen.add(c), "twice: " + (int) c);
            }
        }
    }

    @Test
    void longFormatsStayDifferent() {
        ValueMask mask = NumberMasking.mask(new FormatPreservingMasker(), Map.of(), ValueKind.TEXT);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            seen.add(NumberMasking.text(mask, "%07d".formatted(i)));
        }
        assertEquals(20_000, seen.size());
    }

    @Test
    void cardsAreValidAndKeepTheirShape() throws Exception {
        CardMasker masker = new CardMasker();
        Settings settings = NumberMasking.settings(masker, Map.of("keepFirst", 6));
        ValueMask chosen = masker.prepare(settings, MaskedColumn.of(ValueKind.TEXT, "text", "test", NumberMasking.KEY));
        ValueMask unique = masker.prepare(settings, UNIQUE);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            String body = "411111%05d".formatted(i);
            String before = body + LuhnCheckDigit.LUHN_CHECK_DIGIT.calculate(body);
            String after = NumberMasking.text(unique, before);
            assertTrue(LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(after) && after.startsWith("411111"));
            assertNotEquals(before, after);
            seen.add(after);
            assertTrue(LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(NumberMasking.text(chosen, before)));
        }
        assertEquals(100_000, seen.size());
        assertTrue(NumberMasking.text(chosen, "4111 1111 1111 1111").matches("4111 11\\d\\d \\d{4} \\d{4}"));
        for (String odd : new String[] {"", "4111 1111 1111 1112", "4111", "none", "4111x1111y1111z1111"}) {
            assertEquals("<UNREADABLE>", NumberMasking.text(chosen, odd));
        }
    }

    @Test
    void ibansAreValidAndStayInTheirCountry() {
        IbanMasker masker = new IbanMasker();
        ValueMask chosen =
                masker.prepare(Settings.NONE, MaskedColumn.of(ValueKind.TEXT, "text", "test", NumberMasking.KEY));
        ValueMask unique = masker.prepare(Settings.NONE, UNIQUE);
        String[] ibans = {
            "DE89370400440532013000",
            "GB82WEST12345698765432",
            "FR1420041010050500013M02606",
            "NO9386011117947",
            "MT84MALT011000012345MTLCAST001S",
            "NL91ABNA0417164300"
        };
        for (String before : ibans) {
            for (ValueMask mask : List.of(chosen, unique)) {
                String after = NumberMasking.text(mask, before);
                assertNotEquals(before, after);
                assertTrue(IBANValidator.getInstance().isValid(after), before.substring(0, 2));
                assertEquals(before.substring(0, 2), after.substring(0, 2));
            }
        }
        assertTrue(NumberMasking.text(chosen, "DE89 3704 0044 0532 0130 00")
                .matches("DE\\d\\d \\d{4} \\d{4} \\d{4} \\d{4} \\d\\d"));
        for (String odd : new String[] {"", "DE88370400440532013000", "DE89", "de89370400440532013000", "X"}) {
            assertEquals("<UNREADABLE>", NumberMasking.text(chosen, odd));
        }
    }

    @Test
    void ibansStayDifferentWhateverTheirShape() {
        for (String shape : new String[] {"NO00%011d", "DE00%018d", "MT00MALT%05dMTLCASTQRSTUVWXYZA"}) {
            ValueMask mask = NumberMasking.mask(new IbanMasker(), Map.of(), ValueKind.TEXT);
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 30_000; i++) {
                String text = String.format(Locale.ROOT, shape, 3L * i);
                String before = text.substring(0, 2) + checkDigits(text) + text.substring(4);
                String after = NumberMasking.text(mask, before);
                assertNotEquals(before, after);
                assertEquals(1, remainder(after), "check digits");
                assertEquals(form(before), form(after));
                seen.add(after);
            }
            assertEquals(30_000, seen.size(), shape);
        }
    }

    private static String form(String iban) {
        return iban.replaceAll("[A-Z]", "A").replaceAll("[0-9]", "0");
    }

    private static String checkDigits(String iban) {
        return String.format(Locale.ROOT, "%02d", 98 - remainder(iban));
    }

    private static int remainder(String iban) {
        StringBuilder digits = new StringBuilder();
        (iban.substring(4) + iban.substring(0, 4)).chars().forEach(c -> digits.append(Character.digit(c, 36)));
        return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue();
    }

    @Test
    void anotherKeyGivesOtherResults() {
        for (Masker masker : List.of(new FormatPreservingMasker(), new CardMasker(), new IbanMasker())) {
            String before = masker instanceof IbanMasker ? "DE89370400440532013000" : "4111111111111111";
            String one = NumberMasking.text(NumberMasking.mask(masker, Map.of(), ValueKind.TEXT), before);
            String again = NumberMasking.text(NumberMasking.mask(masker, Map.of(), ValueKind.TEXT), before);
            String other = NumberMasking.text(
                    NumberMasking.mask(masker, Map.of(), ValueKind.TEXT, NumberMasking.OTHER_KEY), before);
            assertEquals(one, again);
            assertFalse(one.equals(other));
        }
    }
}
