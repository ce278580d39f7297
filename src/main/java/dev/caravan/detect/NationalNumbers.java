package dev.caravan.detect;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognises the personal numbers of some countries by their form and check digits. The rules are those that the authorities publish; a form that
 * is only digits is recognised by its check digit, which one other number in ten has by chance.
 */
final class NationalNumbers {
    private static final Pattern FI = Pattern.compile("\\d{6}[-+A-FU-Y]\\d{3}[0-9A-FHJ-NPR-Y]");
    private static final Pattern IT = Pattern.compile("[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]");
    private static final Pattern ES = Pattern.compile("(\\d{8}|[XYZ]\\d{7})-?[A-Z]");
    private static final Pattern SE = Pattern.compile("(\\d{2})?\\d{6}[-+]\\d{4}");
    private static final Pattern US = Pattern.compile("(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}");
    private static final Pattern GB = Pattern.compile("[A-Z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]");
    private static final Pattern BR = Pattern.compile("\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}");
    private static final Pattern DK = Pattern.compile("[0-3]\\d[01]\\d{3}-\\d{4}");
    private static final String FI_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final String ES_CHECKS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final int[] IT_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private NationalNumbers() {}

    /** Whether its form alone makes it very likely one. */
    static boolean likely(String text) {
        int length = text.length();
        if (length < 9 || length > 16) {
            return false;
        }
        String upper = text.toUpperCase(Locale.ROOT);
        return switch (length) {
            case 9, 10 -> spanish(upper) || GB.matcher(upper).matches();
            case 11 ->
                finnish(upper)
                        || swedish(upper)
                        || US.matcher(upper).matches()
                        || DK.matcher(upper).matches();
            case 13 -> swedish(upper) || GB.matcher(upper).matches();
            case 12 -> GB.matcher(upper).matches();
            case 14 -> BR.matcher(upper).matches();
            case 16 -> italian(upper);
            default -> false;
        };
    }

    /** Whether it is digits that pass some country's check; one in a few other numbers does. */
    static boolean possible(String text) {
        String digits = text.replace(" ", "").replace("-", "").replace("/", "");
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        return switch (digits.length()) {
            case 9 -> dutch(digits);
            case 11 -> german(digits) || polish(digits) || norwegian(digits);
            case 15 -> french(digits);
            default -> false;
        };
    }

    private static boolean finnish(String text) {
        return FI.matcher(text).matches()
                && FI_CHECKS.charAt((int) (Long.parseLong(text.substring(0, 6) + text.substring(7, 10)) % 31))
                        == text.charAt(10);
    }

    private static boolean spanish(String text) {
        if (!ES.matcher(text).matches()) {
            return false;
        }
        String plain = text.replace("-", "");
        int digit = "XYZ".indexOf(plain.charAt(0));
        int number = Integer.parseInt(digit < 0 ? plain.substring(0, 8) : digit + plain.substring(1, 8));
        return ES_CHECKS.charAt(number % 23) == plain.charAt(8);
    }

    private static boolean italian(String text) {
        if (!IT.matcher(text).matches()) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = text.charAt(i);
            int value = c <= '9' ? c - '0' : c - 'A';
            sum += i % 2 == 0 ? IT_ODD[value] : value;
        }
        return text.charAt(15) == 'A' + sum % 26;
    }

    private static boolean swedish(String text) {
        if (!SE.matcher(text).matches()) {
            return false;
        }
        String digits = text.replaceAll("[-+]", "");
        digits = digits.substring(digits.length() - 10);
        int month = Integer.parseInt(digits.substring(2, 4));
        return month >= 1 && month <= 12 && luhn(digits);
    }

    private static boolean french(String digits) {
        int sex = digits.charAt(0) - '0';
        long number = Long.parseLong(digits.substring(0, 13));
        return (sex == 1 || sex == 2) && 97 - number % 97 == Long.parseLong(digits.substring(13));
    }

    private static boolean dutch(String digits) {
        int sum = -(digits.charAt(8) - '0');
        for (int i = 0; i < 8; i++) {
            sum += (digits.charAt(i) - '0') * (9 - i);
        }
        return sum % 11 == 0 && sum != 0;
    }

    private static boolean german(String digits) {
        int product = 10;
        for (int i = 0; i < 10; i++) {
            int sum = (digits.charAt(i) - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digits.charAt(10) - '0'
                && digits.substring(0, 10).chars().distinct().count() <= 9;
    }

    private static boolean polish(String digits) {
        int[] weights = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1};
        int sum = 0;
        for (int i = 0; i < 11; i++) {
            sum += (digits.charAt(i) - '0') * weights[i];
        }
        int month = Integer.parseInt(digits.substring(2, 4)) % 20;
        int day = Integer.parseInt(digits.substring(4, 6));
        return sum % 10 == 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    private static boolean norwegian(String digits) {
        int[] first = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
        int[] second = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
        return weighted(digits, first) % 11 == 0 && weighted(digits, second) % 11 == 0;
    }

    private static int weighted(String digits, int[] weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (digits.charAt(i) - '0') * weights[i];
        }
        return sum;
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int weighted = (digits.charAt(digits.length() - 1 - i) - '0') * (i % 2 == 0 ? 1 : 2);
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }
}
