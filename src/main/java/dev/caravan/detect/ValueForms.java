package dev.caravan.detect;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.EmailValidator;
import org.apache.commons.validator.routines.InetAddressValidator;
import org.apache.commons.validator.routines.checkdigit.CheckDigit;
import org.apache.commons.validator.routines.checkdigit.IBANCheckDigit;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/** Says what one value has the form of. Pure; check digits and addresses are read by the libraries that know them. */
final class ValueForms {
    private static final int LONGEST = 200;
    private static final EmailValidator EMAILS = EmailValidator.getInstance(true, true);
    private static final InetAddressValidator ADDRESSES = InetAddressValidator.getInstance();
    private static final CheckDigit IBANS = IBANCheckDigit.IBAN_CHECK_DIGIT;
    private static final CheckDigit LUHN = LuhnCheckDigit.LUHN_CHECK_DIGIT;

    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}\\d{2}[A-Z0-9]{11,30}");
    private static final Pattern BIC = Pattern.compile("[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?");
    private static final Pattern MAC = Pattern.compile(
            "([0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}(\\2[0-9A-Fa-f]{2}){4})|[0-9A-Fa-f]{4}(\\.[0-9A-Fa-f]{4}){2}");
    private static final Pattern CARD =
            Pattern.compile("[2-6]\\d{3}([ -]?)\\d{4}\\1\\d{4}\\1\\d{1,7}|3[47]\\d{2}[ -]?\\d{6}[ -]?\\d{5}");
    static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern POINT = Pattern.compile("\\(?-?\\d{1,2}\\.\\d{3,}[,; ]\\s*-?\\d{1,3}\\.\\d{3,}\\)?");
    private static final Pattern AGENT = Pattern.compile("(Mozilla|Opera|Dalvik|okhttp|curl|PostmanRuntime)/\\d.*");
    private static final Pattern WEB = Pattern.compile("(https?://|www\\.)\\S+");
    private static final Pattern POSTCODE = Pattern.compile(
            "\\d{4,5}(-\\d{4})?|\\d{2}-\\d{3}|\\d{3} \\d{2}|\\d{4} ?[A-Z]{2}|[A-Z]{1,2}\\d[A-Z0-9]? ?\\d[A-Z]{2}|[A-Z]\\d[A-Z] ?\\d[A-Z]\\d");
    /** German, Finnish, Dutch and Swedish put the word at the end of the name, others beside it. */
    private static final Pattern STREET = Pattern.compile(
            "\\b(\\p{L}*(strasse|straße|str\\.|gasse|allee|platz|weg|damm|ufer|ring|katu|tie|kuja|polku|straat|laan|plein|gracht|kade|gatan|vägen)"
                    + "|street|st\\.?|road|rd\\.?|avenue|ave\\.?|lane|ln\\.?|drive|dr\\.?|boulevard|blvd\\.?|court|ct\\.?|way|square|terrace"
                    + "|close|crescent|rue|chemin|impasse|allée|quai|place|calle|c/|avenida|avda\\.?|plaza|paseo|carrer"
                    + "|via|viale|piazza|corso|vicolo|largo|ulica|ul\\.|rua|travessa)(\\b|(?<=\\.))",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern NUMBER = Pattern.compile("\\b\\d{1,5}\\s?[a-zA-Z]?\\b");
    private static final Pattern COMPANY = Pattern.compile(
            ".*\\b(GmbH( & Co\\.? KG)?|AG|KG|OHG|UG|e\\.K\\.|Ltd\\.?|Limited|LLC|Inc\\.?|Corp\\.?|PLC|LLP|Co\\.|S\\.?A\\.?S?|SARL|S\\.?R\\.?L\\.?|S\\.?p\\.?A\\.?|S\\.?L\\.?U?|Oy|Oyj|AB|A/S|AS|B\\.?V\\.?|N\\.?V\\.?|Sp\\. z o\\.o\\.|Lda|Holding|Group)\\.?$");
    private static final Pattern FOUND_EMAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private ValueForms() {}

    /**
     * Everything that it has the form of; none for a text that is longer than a single piece of data.
     *
     * @param value as PostgreSQL prints it, without blanks around it
     */
    static Set<PersonalData> of(String value) {
        Set<PersonalData> forms = EnumSet.noneOf(PersonalData.class);
        if (value.length() < 2 || Secrets.likely(value)) {
            if (value.length() >= 2) {
                forms.add(PersonalData.SECRET);
            }
            return forms;
        }
        if (AGENT.matcher(value).matches()) {
            forms.add(PersonalData.USER_AGENT);
        } else if (value.length() > LONGEST || UUID.matcher(value).matches()) {
            return forms;
        } else if (WEB.matcher(value).matches()) {
            forms.add(PersonalData.URL);
        } else if (value.indexOf('@') > 0 && EMAILS.isValid(value)) {
            forms.add(PersonalData.EMAIL);
        } else if (digits(value) > 0) {
            numbers(value, forms);
        } else {
            letters(value, forms);
        }
        return forms;
    }

    private static void numbers(String value, Set<PersonalData> forms) {
        String packed = value.replace(" ", "").replace("-", "");
        String upper = packed.toUpperCase(Locale.ROOT);
        if (IBAN.matcher(upper).matches() && IBANS.isValid(upper)) {
            forms.add(PersonalData.IBAN);
        }
        if (CARD.matcher(value).matches() && LUHN.isValid(packed)) {
            forms.add(PersonalData.CARD);
        }
        if (MAC.matcher(value).matches()) {
            forms.add(PersonalData.MAC);
        } else if (value.length() <= 43 && (value.indexOf('.') > 0 || value.indexOf(':') >= 0) && address(value)) {
            forms.add(PersonalData.IP);
        }
        if (NationalNumbers.likely(value)) {
            forms.add(PersonalData.NATIONAL_ID);
        }
        if (POINT.matcher(value).matches()) {
            forms.add(PersonalData.COORDINATES);
        } else if (POSTCODE.matcher(value).matches()) {
            forms.add(PersonalData.POSTCODE);
        } else if (PhoneNumbers.likely(value)) {
            forms.add(PersonalData.PHONE);
        }
        if (BIC.matcher(value).matches()) {
            forms.add(PersonalData.BIC);
        }
        if (value.length() <= 100
                && BLANKS.split(value).length <= 9
                && NUMBER.matcher(value).find()
                && STREET.matcher(value).find()) {
            forms.add(PersonalData.STREET);
        }
    }

    private static void letters(String value, Set<PersonalData> forms) {
        if (COMPANY.matcher(value).matches()) {
            forms.add(PersonalData.COMPANY);
            return;
        }
        if (BIC.matcher(value).matches()) {
            forms.add(PersonalData.BIC);
        }
        String[] words = BLANKS.split(value);
        if (words.length > 5 || !Character.isUpperCase(value.codePointAt(0))) {
            return;
        }
        String plain = Words.plain(value);
        if (NameLists.CITIES.contains(plain)) {
            forms.add(PersonalData.CITY);
        }
        if (words.length == 1 || NameLists.GIVEN.contains(plain) || NameLists.FAMILY.contains(plain)) {
            if (given(plain)) {
                forms.add(PersonalData.FIRST_NAME);
            }
            if (family(plain)) {
                forms.add(PersonalData.LAST_NAME);
            }
        } else if (person(value, words)) {
            forms.add(PersonalData.FULL_NAME);
        }
    }

    /** Anna-Lena and Müller-Lüdenscheid are two names joined. */
    private static boolean given(String plain) {
        return NameLists.GIVEN.contains(plain)
                || plain.indexOf('-') > 0 && NameLists.GIVEN.contains(plain.substring(0, plain.indexOf('-')));
    }

    private static boolean family(String plain) {
        return NameLists.FAMILY.contains(plain)
                || plain.indexOf('-') > 0 && NameLists.FAMILY.contains(plain.substring(0, plain.indexOf('-')));
    }

    private static boolean person(String value, String[] words) {
        String[] plain = Words.plain(value.replace(",", "")).split("\\s+");
        boolean given = false;
        boolean family = false;
        for (int i = 0; i < plain.length; i++) {
            boolean capital = Character.isUpperCase(words[i].codePointAt(0));
            given |= capital && given(plain[i]);
            family |= capital && family(plain[i]);
        }
        return given && (family || words.length == 2 && capitals(words));
    }

    private static boolean capitals(String[] words) {
        for (String word : words) {
            if (!Character.isUpperCase(word.codePointAt(0))) {
                return false;
            }
        }
        return true;
    }

    private static boolean address(String value) {
        int slash = value.indexOf('/');
        return ADDRESSES.isValid(slash > 0 ? value.substring(0, slash) : value);
    }

    /** What stands inside a longer text. */
    static Set<PersonalData> inside(String text) {
        Set<PersonalData> found = EnumSet.noneOf(PersonalData.class);
        if (text.indexOf('@') > 0 && FOUND_EMAIL.matcher(text).find()) {
            found.add(PersonalData.EMAIL);
        }
        if (PhoneNumbers.inside(text)) {
            found.add(PersonalData.PHONE);
        }
        String[] words = BLANKS.split(text, 200);
        for (int i = 0; i + 1 < words.length; i++) {
            if (!words[i].isEmpty()
                    && Character.isUpperCase(words[i].codePointAt(0))
                    && !words[i + 1].isEmpty()
                    && Character.isUpperCase(words[i + 1].codePointAt(0))
                    && NameLists.GIVEN.contains(Words.plain(words[i]))) {
                found.add(PersonalData.FULL_NAME);
                break;
            }
        }
        return found;
    }

    /** How many of its characters are digits. */
    static int digits(String value) {
        int digits = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            digits += c >= '0' && c <= '9' ? 1 : 0;
        }
        return digits;
    }
}
