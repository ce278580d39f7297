package dev.caravan.detect;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What was counted over the values of one column, or of one place in its documents. Values themselves are not kept. Not thread-safe. */
final class Evidence {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final int MOST_DISTINCT = 10_000;
    private static final int FEW_WORDS = 4;

    private final Map<PersonalData, Integer> forms = new EnumMap<>(PersonalData.class);
    private final Map<PersonalData, Integer> inside = new EnumMap<>(PersonalData.class);
    private final Set<Integer> distinct = new HashSet<>();
    private int values;
    private int numbers;
    private int random;
    private int possibleIds;
    private int coordinates;
    private long words;

    void add(String value) {
        String text = value.strip();
        if (text.isEmpty()) {
            return;
        }
        values++;
        if (distinct.size() < MOST_DISTINCT) {
            distinct.add(text.hashCode());
        }
        ValueForms.of(text).forEach(form -> forms.merge(form, 1, Integer::sum));
        random += Secrets.random(text) ? 1 : 0;
        number(text);
        int count = wordsIn(text);
        words += count;
        if (count >= FEW_WORDS) {
            ValueForms.inside(text).forEach(form -> inside.merge(form, 1, Integer::sum));
        }
    }

    private void number(String text) {
        if (NationalNumbers.possible(text)) {
            possibleIds++;
        }
        // Asked first, since an exception for each text would cost more than all else here.
        if (text.length() <= 24 && NUMBER.matcher(text).matches()) {
            numbers++;
            coordinates += text.indexOf('.') >= 0 && Math.abs(Double.parseDouble(text)) <= 180 ? 1 : 0;
        }
    }

    private static int wordsIn(String text) {
        int words = 1;
        for (int i = 1; i < text.length(); i++) {
            words += text.charAt(i) == ' ' && text.charAt(i - 1) != ' ' ? 1 : 0;
        }
        return words;
    }

    /** How many values were seen that are neither NULL nor blank. */
    int values() {
        return values;
    }

    /** How many different ones; exact for a sample of the usual size. */
    int distinct() {
        return distinct.size();
    }

    /** How many have the form. */
    int count(PersonalData form) {
        return forms.getOrDefault(form, 0);
    }

    /** The part that has the form, 0 to 1; 0 without values. */
    double share(PersonalData form) {
        return part(count(form));
    }

    /** In how many texts of several words there is one. */
    int inside(PersonalData form) {
        return inside.getOrDefault(form, 0);
    }

    double numbers() {
        return part(numbers);
    }

    double random() {
        return part(random);
    }

    double possibleIds() {
        return part(possibleIds);
    }

    double coordinates() {
        return part(coordinates);
    }

    double wordsPerValue() {
        return values == 0 ? 0 : (double) words / values;
    }

    private double part(int count) {
        return values == 0 ? 0 : (double) count / values;
    }
}
