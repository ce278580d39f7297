package dev.caravan.mask;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.TreeSet;

/** Ends a sentence about a word that is not known with what was probably meant. */
final class Suggestion {
    private Suggestion() {}

    /** Such as {@code ; did you mean email?}, or the known words when none of them is near. */
    static String after(String given, Collection<String> known) {
        String wanted = given.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.<String>comparingInt(word -> distance(wanted, word.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(word -> distance(wanted, word.toLowerCase(Locale.ROOT))
                        <= (wanted.length() < 4 ? 1 : Math.max(2, wanted.length() / 3)))
                .map(word -> "; did you mean " + word + "?")
                .orElse("; there are " + String.join(", ", new TreeSet<>(known)));
    }

    /** Levenshtein's. */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
