package dev.caravan.detect;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises telephone numbers. Pure; those that name their country are read by the library that knows them. */
final class PhoneNumbers {
    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
    private static final Pattern PHONE =
            Pattern.compile("[+(]?[+(0-9][0-9 ()./-]{5,22}[0-9](\\s?(x|ext\\.?)\\s?\\d{1,5})?");
    /** Codes of goods and orders have digits and hyphens too: a number without its country begins with 0, or has the groups of one. */
    private static final Pattern NATIONAL_PHONE = Pattern.compile(
            "0[1-9][0-9 ()./-]{5,}\\d|\\(0?\\d{2,4}\\)[0-9 ./-]{5,}\\d|(1[-. ])?\\(?[2-9]\\d{2}\\)?[-. ]+[2-9]\\d{2}[-. ]\\d{4}(\\s?(x|ext\\.?)\\s?\\d{1,5})?"
                    + "|\\d{2,3}( \\d{2,3}){2,4}|[679]\\d{8}|00\\d{9,13}");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}");
    private static final Pattern FOUND_PHONE =
            Pattern.compile("(?<![\\w.])(\\+\\d{1,3}[ ()./-]?|0\\d)[\\d ()/-]{6,16}\\d");

    private PhoneNumbers() {}

    /** Whether its form makes it very likely one. */
    static boolean likely(String value) {
        if (!PHONE.matcher(value).matches() || DATE.matcher(value).matches()) {
            return false;
        }
        int digits = ValueForms.digits(value);
        if (value.charAt(0) != '+') {
            return digits >= 7 && digits <= 15 && NATIONAL_PHONE.matcher(value).matches();
        }
        try {
            return PHONES.isPossibleNumber(PHONES.parse(value, null));
        } catch (NumberParseException e) {
            return false;
        }
    }

    /** Whether the first thing in a longer text that may be one is. */
    static boolean inside(String text) {
        Matcher phone = FOUND_PHONE.matcher(text);
        return phone.find() && likely(phone.group());
    }
}
