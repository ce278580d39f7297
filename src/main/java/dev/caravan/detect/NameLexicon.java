package dev.caravan.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says what a column's name promises. Ten languages; the lists are in {@code /detect}. Immutable. */
final class NameLexicon {
    /**
     * What a name promises.
     *
     * @param kind what the values would be
     * @param sure false for a word that means something else as often
     */
    record Promise(PersonalData kind, boolean sure) {}

    private record Form(PersonalData kind, boolean sure, List<String> words) {
        int matches(List<String> name, int at) {
            if (at + words.size() > name.size()) {
                return 0;
            }
            int letters = 0;
            for (int i = 0; i < words.size(); i++) {
                String word = name.get(at + i);
                if (!fits(words.get(i), word)) {
                    return 0;
                }
                letters += word.length();
            }
            return letters;
        }

        private static boolean fits(String pattern, String word) {
            boolean begins = pattern.charAt(0) == '*';
            boolean ends = pattern.charAt(pattern.length() - 1) == '*';
            String core = pattern.substring(begins ? 1 : 0, pattern.length() - (ends ? 1 : 0));
            if (begins && ends) {
                return word.contains(core);
            }
            return begins ? word.endsWith(core) : ends ? word.startsWith(core) : word.equals(core);
        }
    }

    /** The one of this jar. */
    static final NameLexicon INSTANCE = new NameLexicon();

    /** Forms by the first letters of their first word; those that begin with any letters under the empty text. */
    private final Map<String, List<Form>> forms = new HashMap<>();

    private final Set<String> people = new HashSet<>();
    private final Set<String> about = new HashSet<>();
    private final Set<String> perhapsAbout = new HashSet<>();

    private NameLexicon() {
        Words.lines("/detect/names.txt").forEach(line -> {
            String[] parts = line.split(" +");
            PersonalData kind = PersonalData.valueOf(parts[0]);
            for (int i = 1; i < parts.length; i++) {
                boolean sure = !parts[i].endsWith("?");
                String name = sure ? parts[i] : parts[i].substring(0, parts[i].length() - 1);
                Form form = new Form(kind, sure, List.of(name.split("_")));
                forms.computeIfAbsent(start(form.words().get(0)), unused -> new ArrayList<>())
                        .add(form);
            }
        });
        Words.listed("/detect/people.txt").forEach(word -> people.add(word.replace("?", "")));
        Words.listed("/detect/about.txt")
                .forEach(word -> (word.endsWith("?") ? perhapsAbout : about).add(word.replace("?", "")));
    }

    private static String start(String word) {
        int star = word.indexOf('*');
        return star == 0 || star == 1 ? "" : word.substring(0, 1);
    }

    /**
     * What the name promises; empty for most names.
     *
     * @param words of the column's name, or of a JSON key
     */
    Optional<Promise> of(List<String> words) {
        List<String> name = withoutNumbers(words);
        Form best = null;
        int bestLetters = 0;
        int bestEnd = 0;
        // A name may be written as one word where the list has two: nachname, lastname, zipcode.
        for (int at = 0; at < name.size(); at++) {
            for (Form form : candidates(name.get(at))) {
                int letters = form.matches(name, at);
                int end = at + form.words().size();
                boolean better = letters > bestLetters
                        || letters == bestLetters && letters > 0 && (end > bestEnd || form.sure() && !best.sure());
                if (better) {
                    best = form;
                    bestLetters = letters;
                    bestEnd = end;
                }
            }
        }
        if (best == null || speaksAbout(name, bestEnd)) {
            return Optional.empty();
        }
        return Optional.of(new Promise(best.kind(), best.sure()));
    }

    private List<Form> candidates(String word) {
        List<Form> some = new ArrayList<>(forms.getOrDefault(word.substring(0, 1), List.of()));
        some.addAll(forms.getOrDefault("", List.of()));
        return some;
    }

    /** {@code is_email}, {@code email_verified}, {@code phone_type_id} hold something about it; {@code phone_2} holds one. */
    private boolean speaksAbout(List<String> name, int end) {
        String first = name.get(0);
        if (first.equals("is")
                || first.equals("has")
                || first.equals("num")
                || first.equals("can")
                || first.equals("allow")) {
            return true;
        }
        if (end >= name.size()) {
            return false;
        }
        String last = name.get(name.size() - 1);
        return about.contains(last) || perhapsAbout.contains(last);
    }

    private static List<String> withoutNumbers(List<String> words) {
        List<String> kept = new ArrayList<>();
        for (String word : words) {
            String letters = word.replaceAll("\\d+$", "");
            if (!letters.isEmpty()) {
                // ipv4 and ipv6 are words; address2 is address.
                kept.add(
                        letters.equals("ipv") || letters.equals("v") || letters.equals("icd") || letters.equals("cvv")
                                ? word
                                : letters);
            }
        }
        return kept.isEmpty() ? List.of("-") : kept;
    }

    /** Whether the table's name says that its rows are people. */
    boolean people(String table) {
        List<String> words = Words.of(table);
        if (words.isEmpty()) {
            return false;
        }
        String last = words.get(words.size() - 1);
        return people.contains(last)
                || last.endsWith("s") && people.contains(last.substring(0, last.length() - 1))
                || last.endsWith("es") && people.contains(last.substring(0, last.length() - 2))
                || last.equals("people");
    }
}
