package dev.caravan.detect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Names that people and places have: the lists of {@code /detect}, and the maskers' dictionaries. Immutable; loaded when first used. */
final class NameLists {
    private static final String[] LANGUAGES = {"de", "en", "es", "fi", "fr", "it"};

    static final Set<String> GIVEN = with("first-names", Words.listed("/detect/given-names.txt"));
    static final Set<String> FAMILY = with("last-names", Words.listed("/detect/family-names.txt"));
    static final Set<String> CITIES = Words.listed("/detect/cities.txt");

    private NameLists() {}

    private static Set<String> with(String dictionary, Set<String> more) {
        Set<String> all = new HashSet<>(more);
        for (String language : LANGUAGES) {
            String file = "/dictionaries/" + dictionary + "." + language + ".txt";
            try (InputStream stream = NameLists.class.getResourceAsStream(file)) {
                new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> Words.plain(line.strip()))
                        .filter(word -> word.length() > 1)
                        .forEach(all::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Set.copyOf(all);
    }
}
