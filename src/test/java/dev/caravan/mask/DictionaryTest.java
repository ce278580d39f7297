package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DictionaryTest {
    private static final Path FILES = Path.of("src", "main", "resources", "dictionaries");

    @Test
    void everyFileHasDistinctWordsOnePerLine() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".txt")).toList()) {
                List<String> words = Files.readAllLines(file);
                assertTrue(!words.isEmpty() && words.size() <= 3000, file + ": " + words.size());
                assertEquals(words.size(), new HashSet<>(words).size(), file + " has a word twice");
                for (String word : words) {
                    assertTrue(word.equals(word.strip()) && !word.isEmpty(), file + " has spaces around a word");
                }
            }
        }
    }

    /** Another word, or another order, would give every masked copy other names. */
    @Test
    void noFileHasChanged() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file :
                    files.filter(it -> it.toString().endsWith(".txt")).sorted().toList()) {
                digest.update(Files.readAllBytes(file));
            }
        }
        assertEquals(
                "ab2834335359b0a7048d72c8ab6cb7b6a15971c7c70d261389818e56750d20ef",
                HexFormat.of().formatHex(digest.digest()),
                "a new dictionary changes this hash, and nothing else should");
    }

    @Test
    void sixLanguagesHaveNamesOfTheirOwn() {
        for (String language : List.of("en", "de", "fr", "es", "it", "fi")) {
            for (String name : List.of(
                    "first-names", "first-names-female", "first-names-male", "last-names", "cities", "streets")) {
                assertTrue(Files.exists(FILES.resolve(name + "." + language + ".txt")), name + "." + language);
            }
        }
    }

    @Test
    void aRegionMeansItsLanguageAndAnUnknownLanguageEnglish() {
        assertSame(Dictionary.of("cities", "de"), Dictionary.of("cities", "de-AT"));
        assertSame(Dictionary.of("cities", "de"), Dictionary.of("cities", "DE_ch"));
        assertSame(Dictionary.of("cities", "en"), Dictionary.of("cities", "tlh"));
        assertSame(Dictionary.of("cities", "en"), Dictionary.of("cities", "../x"));
    }

    @Test
    void nothingButADictionaryCanBeNamed() {
        for (String name : List.of("planets", "../dictionaries/cities", "phone-plans.txt", "", "cities.en")) {
            assertThrows(IllegalArgumentException.class, () -> Dictionary.of(name, "en"), name);
            assertThrows(
                    MaskRefused.class,
                    () -> NumberMasking.mask(new DictionaryMasker(), Map.of("name", name), ValueKind.TEXT));
        }
    }
}
