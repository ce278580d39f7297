package dev.caravan.mask;

import java.util.Locale;

/**
 * Forms of national numbers, made from a choice of 63 bits. The rules of the check digits are those that the authorities publish; the
 * ranges are such as are kept for tests and examples, where a country has them.
 */
enum NationalId {
    /** Social security number; no area is 666. */
    US(11) {
        @Override
        String of(long choice) {
            return String.format(Locale.ROOT, "666-%02d-%04d", 1 + choice % 99, 1 + choice / 99 % 9999);
        }
    },
    /** National Insurance number; the prefix QQ is for examples. */
    GB(9) {
        @Override
        String of(long choice) {
            return String.format(Locale.ROOT, "QQ%06d%c", choice % 1_000_000, (char) ('A' + choice / 1_000_000 % 4));
        }
    },
    /** Steueridentifikationsnummer; test numbers begin with 0. One digit of ten is there twice; ISO 7064 MOD 11,10. */
    DE(11) {
        @Override
        String of(long choice) {
            int[] digits = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
            long left = choice;
            for (int i = 9; i > 1; i--) {
                int j = 1 + (int) (left % i);
                left /= i;
                int other = digits[i];
                digits[i] = digits[j];
                digits[j] = other;
            }
            digits[9] = digits[1 + (int) (left % 8)];
            int product = 10;
            StringBuilder number = new StringBuilder();
            for (int digit : digits) {
                int sum = (digit + product) % 10;
                product = (sum == 0 ? 10 : sum) * 2 % 11;
                number.append(digit);
            }
            return number.append((11 - product) % 10).toString();
        }
    },
    /** Numéro de sécurité sociale, of somebody born abroad in a country that does not exist. */
    FR(15) {
        @Override
        String of(long choice) {
            long number = Long.parseLong(String.format(
                    Locale.ROOT,
                    "%d%02d%02d99999%03d",
                    1 + choice % 2,
                    choice / 2 % 100,
                    1 + choice / 200 % 12,
                    1 + choice / 2_400 % 999));
            return String.format(Locale.ROOT, "%d%02d", number, 97 - number % 97);
        }
    },
    /** Documento nacional de identidad, from the end of the range. */
    ES(9) {
        @Override
        String of(long choice) {
            long number = 99_000_000 + choice % 1_000_000;
            return number + "" + "TRWAGMYFPDXBNJZSQVHLCKE".charAt((int) (number % 23));
        }
    },
    /** Codice fiscale, of somebody born in a place that does not exist. */
    IT(16) {
        private static final String CONSONANTS = "BCDFGLMNPRSTVZ";
        private static final int[] ODD = {
            1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
        };

        @Override
        String of(long choice) {
            StringBuilder code = new StringBuilder();
            long left = choice;
            for (int i = 0; i < 6; i++) {
                code.append(CONSONANTS.charAt((int) (left % CONSONANTS.length())));
                left /= CONSONANTS.length();
            }
            code.append(String.format(
                    Locale.ROOT,
                    "%02d%c%02dZ999",
                    left % 100,
                    "ABCDEHLMPRST".charAt((int) (left / 100 % 12)),
                    1 + left / 1_200 % 28 + 40 * (left / 33_600 % 2)));
            int sum = 0;
            for (int i = 0; i < code.length(); i++) {
                char c = code.charAt(i);
                int value = c <= '9' ? c - '0' : c - 'A';
                sum += i % 2 == 0 ? ODD[value] : value;
            }
            return code.append((char) ('A' + sum % 26)).toString();
        }
    },
    /** Henkilötunnus; individual numbers from 900 are nobody's for good. */
    FI(11) {
        @Override
        String of(long choice) {
            String day = String.format(
                    Locale.ROOT, "%02d%02d%02d", 1 + choice % 28, 1 + choice / 28 % 12, choice / 336 % 100);
            long individual = 900 + choice / 33_600 % 100;
            long number = Long.parseLong(day + individual);
            return day + "-" + individual + "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt((int) (number % 31));
        }
    },
    /** Personnummer; 980 to 999 are for tests. The check digit is Luhn's. */
    SE(11) {
        @Override
        String of(long choice) {
            String day = String.format(
                    Locale.ROOT, "%02d%02d%02d", choice % 100, 1 + choice / 100 % 12, 1 + choice / 1_200 % 28);
            String digits = day + (980 + choice / 33_600 % 20);
            int sum = 0;
            for (int i = 0; i < digits.length(); i++) {
                int weighted = (digits.charAt(i) - '0') * (i % 2 == 0 ? 2 : 1);
                sum += weighted > 9 ? weighted - 9 : weighted;
            }
            return day + "-" + digits.substring(6) + (10 - sum % 10) % 10;
        }
    },
    /** Burgerservicenummer; those that begin with 99 are for tests. The sum weighted 9 to 2 and -1 divides by 11. */
    NL(9) {
        @Override
        String of(long choice) {
            for (long left = choice; ; left++) {
                String digits = String.format(Locale.ROOT, "99%06d", left % 1_000_000);
                int sum = 0;
                for (int i = 0; i < digits.length(); i++) {
                    sum += (digits.charAt(i) - '0') * (9 - i);
                }
                // 10 is no digit: the next number has another sum.
                if (sum % 11 < 10) {
                    return digits + sum % 11;
                }
            }
        }
    };

    private final int characters;

    NationalId(int characters) {
        this.characters = characters;
    }

    /** How long a number is. */
    int characters() {
        return characters;
    }

    /** @param choice not negative */
    abstract String of(long choice);
}
