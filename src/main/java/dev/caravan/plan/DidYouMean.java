package dev.caravan.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds what was probably meant by a name that is not there. */
final class DidYouMean {
    private static final int SHOWN = 3;

    private DidYouMean() {}

    /** A sentence with the nearest names, or an empty text when none is near. */
    static String sentence(String name, Collection<String> known) {
        int near = Math.max(2, name.length() / 3);
        List<String> found = known.stream()
                .filter(one -> Math.abs(one.length() - name.length()) <= near && distance(name, one) <= near)
                .sorted(Comparator.comparingInt((String one) -> distance(name, one))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
        return found.isEmpty() ? "" : "Did you mean " + String.join(" or ", found) + "?";
    }

    /** Levenshtein's: how many characters are added, left out or replaced. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
