package dev.caravan.detect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Words without case and accents, and the lists of them in the jar. */
final class Words {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Words() {}

    /** In lower case, without accents; ß, ø, ł and their like as the letters that replace them. */
    static String plain(String text) {
        boolean ascii = true;
        for (int i = 0; ascii && i < text.length(); i++) {
            ascii = text.charAt(i) < 128;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (ascii) {
            return lower;
        }
        return MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD))
                .replaceAll("")
                .replace("ß", "ss")
                .replace("ø", "o")
                .replace("æ", "ae")
                .replace("ł", "l");
    }

    /** The words of an identifier: {@code lastLoginIP}, {@code last_login_ip} and {@code LastLogin-Ip} are the same three; plain. */
    static List<String> of(String identifier) {
        List<String> words = new ArrayList<>();
        for (String piece : BETWEEN.split(identifier)) {
            boolean shouted = piece.equals(piece.toUpperCase(Locale.ROOT));
            for (String word : shouted ? new String[] {piece} : CAMEL.split(piece)) {
                if (!word.isEmpty()) {
                    words.add(plain(word));
                }
            }
        }
        return words;
    }

    /** The words between blanks and bars in a file of the jar; a line with bars has words with blanks in them. */
    static Set<String> listed(String file) {
        Set<String> words = new HashSet<>();
        lines(file)
                .flatMap(line -> Stream.of(line.split(line.indexOf('|') >= 0 ? "\\|" : " ")))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .forEach(words::add);
        return Set.copyOf(words);
    }

    /** The lines of a file of the jar, without comments and empty ones. */
    static Stream<String> lines(String file) {
        try (InputStream stream = Words.class.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
