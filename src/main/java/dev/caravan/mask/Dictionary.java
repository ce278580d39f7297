package dev.caravan.mask;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Words to choose from, frozen in the jar so that the same key gives the same word in every version: a file
 * {@code dictionaries/name.language.txt}, one word a line. Immutable; loaded once.
 */
public final class Dictionary {
    private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final Map<String, Dictionary> LOADED = new ConcurrentHashMap<>();

    private final byte[][] words;

    private Dictionary(byte[][] words) {
        this.words = words;
    }

    /**
     * In that language, or in English when there is no such file.
     *
     * @param language such as {@code de}; of {@code de-AT} and {@code de_AT} the language counts
     * @throws IllegalArgumentException when there is none at all
     */
    public static Dictionary of(String name, String language) {
        return find(name, language.split("[-_]", 2)[0].toLowerCase(Locale.ROOT));
    }

    private static Dictionary find(String name, String language) {
        // Both may come with a request: nothing but a dictionary can be named by them.
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of a dictionary is lower-case letters and hyphens");
        }
        if (!NAME.matcher(language).matches()) {
            return find(name, "en");
        }
        String file = "/dictionaries/" + name + "." + language + ".txt";
        boolean there = Dictionary.class.getResource(file) != null;
        if (!there && language.equals("en")) {
            throw new IllegalArgumentException("there is no dictionary " + name);
        }
        return there ? LOADED.computeIfAbsent(file, Dictionary::load) : find(name, "en");
    }

    private static Dictionary load(String file) {
        try (InputStream stream = Dictionary.class.getResourceAsStream(file)) {
            return of(new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Words of an operator's own. */
    public static Dictionary of(List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a dictionary has at least one word");
        }
        return new Dictionary(words.stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    public int size() {
        return words.length;
    }

    /** The word that the hash chooses, in UTF-8; the array is the dictionary's own and must not be changed. */
    public byte[] choose(long hash) {
        return words[KeyedHash.below(hash, words.length)];
    }
}
