package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class NationalIdTest {
    private static void all(NationalId kind, String form, Predicate<String> valid) {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            String number = kind.of(random.nextLong() >>> 1);
            assertTrue(number.matches(form), number);
            assertTrue(valid.test(number), number);
            assertEquals(kind.characters(), number.length(), number);
        }
    }

    private static int digit(String number, int place) {
        return number.charAt(place) - '0';
    }

    @Test
    void numbersHaveTheFormOfTheirCountryAndComeFromRangesOfNobody() {
        all(NationalId.US, "666-(?!00)[0-9]{2}-(?!0000)[0-9]{4}", number -> true);
        all(NationalId.GB, "QQ[0-9]{6}[A-D]", number -> true);
    }

    @Test
    void germanNumbersHaveOneDigitTwiceAndTheirCheckDigit() {
        all(NationalId.DE, "0[0-9]{10}", number -> {
            int product = 10;
            for (int i = 0; i < 10; i++) {
                int sum = (digit(number, i) + product) % 10;
                product = 2 * (sum == 0 ? 10 : sum) % 11;
            }
            // By ISO 7064 the check digit brings the whole to 1.
            return (product + digit(number, 10)) % 10 == 1
                    && number.substring(0, 10).chars().distinct().count() == 9;
        });
    }

    @Test
    void frenchKeysMakeTheWholeDivisible() {
        all(
                NationalId.FR,
                "[12][0-9]{2}(0[1-9]|1[0-2])99999[0-9]{5}",
                number -> (Long.parseLong(number.substring(0, 13)) + Long.parseLong(number.substring(13))) % 97 == 0);
    }

    @Test
    void theSpanishExampleEveryoneKnowsIsAmongThem() {
        assertEquals("99999999R", NationalId.ES.of(999_999));
        all(NationalId.ES, "99[0-9]{6}[A-Z]", number -> true);
    }

    @Test
    void italianCodesHaveTheirLastLetter() {
        // Values of 0 to 9 and A to Z at odd places, as the decree of 1976 lists them.
        int[] letters = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
        all(NationalId.IT, "[A-Z]{6}[0-9]{2}[ABCDEHLMPRST][0-9]{2}Z999[A-Z]", code -> {
            int sum = 0;
            for (int i = 0; i < 15; i++) {
                int value = Character.isDigit(code.charAt(i)) ? code.charAt(i) - '0' : code.charAt(i) - 'A';
                sum += i % 2 == 1 ? value : letters[value];
            }
            return code.charAt(15) == 'A' + sum % 26;
        });
    }

    @Test
    void finnishSwedishAndDutchNumbersHaveTheirCheckDigits() {
        all(
                NationalId.FI,
                "[0-9]{6}-9[0-9]{2}[0-9A-Y]",
                number -> "0123456789ABCDEFHJKLMNPRSTUVWXY".indexOf(number.charAt(10))
                        == Long.parseLong(number.substring(0, 6) + number.substring(7, 10)) % 31);
        all(NationalId.SE, "[0-9]{6}-9[89][0-9]{2}", number -> {
            String digits = number.replace("-", "");
            int sum = 0;
            for (int i = 0; i < 10; i++) {
                int weighted = digit(digits, i) * (2 - i % 2);
                sum += weighted / 10 + weighted % 10;
            }
            return sum % 10 == 0;
        });
        all(NationalId.NL, "99[0-9]{7}", number -> {
            int sum = -digit(number, 8);
            for (int i = 0; i < 8; i++) {
                sum += digit(number, i) * (9 - i);
            }
            return sum % 11 == 0;
        });
    }
}
