package dev.caravan.mask;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose words and forms a masker uses.
 *
 * @param language one of {@link #LANGUAGES}
 * @param country two capital letters of ISO 3166: the one that was given, or the language's greatest
 */
record MaskLocale(String language, String country) {
    /** What the parameter is called, in every masker that has it. */
    static final String PARAMETER = "locale";

    private static final Map<String, String> COUNTRIES =
            Map.of("de", "DE", "en", "US", "es", "ES", "fi", "FI", "fr", "FR", "it", "IT");
    /** Those that there are dictionaries in. */
    static final List<String> LANGUAGES = COUNTRIES.keySet().stream().sorted().toList();

    private static final Pattern FORM = Pattern.compile("([A-Za-z]{2})(?:[-_]([A-Za-z]{2}))?");
    /** Where a house's number stands before its street. */
    private static final List<String> NUMBER_FIRST = List.of("en", "fr");

    /** Of a text such as {@code de}, {@code de-AT} or {@code de_AT}; nothing when it is none, or in no language of ours. */
    static Optional<MaskLocale> find(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String language = matcher.group(1).toLowerCase(Locale.ROOT);
        String greatest = COUNTRIES.get(language);
        if (greatest == null) {
            return Optional.empty();
        }
        String country = matcher.group(2);
        return Optional.of(new MaskLocale(language, country == null ? greatest : country.toUpperCase(Locale.ROOT)));
    }

    /** What the settings say. */
    static MaskLocale of(Settings settings) {
        return find(settings.text(PARAMETER)).orElseThrow(() -> new MaskRefused("there is no such locale"));
    }

    /** The dictionary of that name in the language, or in English when there is none in it. */
    Dictionary dictionary(String name) {
        return Dictionary.of(name, language);
    }

    /** Writes a street and a house's number as the language does. */
    void street(byte[] street, int number, Output output) {
        String house = Integer.toString(number);
        if (NUMBER_FIRST.contains(language)) {
            output.append(house).append(' ').append(street);
        } else {
            output.append(street).append(' ').append(house);
        }
    }
}
