package dev.caravan.detect;

import java.util.List;
import java.util.Locale;

/** What a column can hold about people. The order of the maskers is the order in which they are proposed. */
enum PersonalData {
    EMAIL(true, "e-mail addresses", "email"),
    PHONE(true, "telephone numbers", "phone"),
    FIRST_NAME(true, "given names", "first-name"),
    LAST_NAME(true, "family names", "last-name"),
    FULL_NAME(true, "names of people", "full-name"),
    USER_NAME(true, "logins", "user-name"),
    STREET(true, "postal addresses", "street"),
    IBAN(true, "IBANs", "iban"),
    BANK_ACCOUNT(true, "bank accounts", "format-preserving"),
    CARD(true, "payment cards", "card"),
    NATIONAL_ID(true, "national identity or tax numbers", "format-preserving"),
    ID_DOCUMENT(true, "numbers of documents or vehicles", "format-preserving"),
    SECRET(true, "passwords, keys or tokens", "secret"),
    IP(true, "IP addresses", "ip"),
    MAC(true, "MAC addresses", "mac"),
    DEVICE(true, "identifiers of devices", "format-preserving"),
    PHOTO(true, "pictures or biometric data", "bytes"),
    BIRTH_DATE(false, "dates of birth", "date-truncate"),
    CITY(false, "places", "city"),
    POSTCODE(false, "postcodes", "postcode"),
    COORDINATES(false, "coordinates", "coordinates"),
    BIC(false, "codes of banks", "bic"),
    COMPANY(false, "companies", "company"),
    JOB_TITLE(false, "occupations", "job-title"),
    GENDER(false, "genders"),
    SENSITIVE(false, "what the law protects specially, such as health or religion"),
    USER_AGENT(false, "browsers' signatures", "user-agent"),
    URL(false, "web addresses", "url"),
    FREE_TEXT(false, "free text that people wrote");

    private final boolean direct;
    private final String words;
    private final List<String> maskers;

    PersonalData(boolean direct, String words, String... maskers) {
        this.direct = direct;
        this.words = words;
        this.maskers = List.of(maskers);
    }

    /** Whether one value alone can lead to a person or an account. */
    boolean direct() {
        return direct;
    }

    /** What the values are, in the plural. */
    String words() {
        return words;
    }

    /** Maskers that fit it, the best first; a general one is found by the column's type when none of them can be used. */
    List<String> maskers() {
        return maskers;
    }

    /** As it stands in answers, such as {@code first-name}. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
