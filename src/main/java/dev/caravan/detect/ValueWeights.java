package dev.caravan.detect;

import java.util.List;
import java.util.Set;

/** What values say by themselves, whatever their name promises. Pure; as to where the weights come from see {@link Judge}. */
final class ValueWeights {
    private static final Set<String> OF_FILES = Set.of(
            "hash",
            "checksum",
            "digest",
            "etag",
            "sha",
            "md5",
            "commit",
            "revision",
            "path",
            "key",
            "s3",
            "slug",
            "signature",
            "fingerprint");

    private ValueWeights() {}

    /**
     * How likely the values make a kind, 0 to 1.
     *
     * @param words of the column's name
     * @param named whether that name promises the kind
     * @param people whether the table's rows are people
     * @param why gets what was seen
     */
    static double of(
            PersonalData kind, List<String> words, boolean named, boolean people, Evidence evidence, List<String> why) {
        if (evidence.values() == 0) {
            return 0;
        }
        double share = evidence.share(kind);
        boolean different = evidence.distinct() >= Judge.DIFFERENT || evidence.values() < Judge.ENOUGH;
        double weight =
                switch (kind) {
                    case EMAIL, IBAN, USER_AGENT, MAC -> exact(share, evidence.count(kind), 0.95);
                    case SECRET -> Math.max(exact(share, evidence.count(kind), 0.95), random(words, evidence));
                    case IP ->
                        words.contains("version")
                                ? 0
                                : different || share == 1 ? exact(share, evidence.count(kind), 0.9) : 0;
                    case CARD -> !different ? 0 : share >= 0.85 ? 0.92 : share >= 0.3 ? 0.55 : 0;
                    case NATIONAL_ID ->
                        share >= 0.5 ? 0.92 : evidence.possibleIds() >= 0.9 && evidence.distinct() >= 20 ? 0.75 : 0;
                    case PHONE -> different && share >= 0.5 ? 0.4 + 0.45 * share : different && share >= 0.2 ? 0.3 : 0;
                    case FIRST_NAME, LAST_NAME ->
                        names(share, named || people ? 0.15 : 0.35, named, evidence) ? 0.42 + 0.5 * share : 0;
                    case FULL_NAME ->
                        names(share, named ? 0.15 : people ? 0.25 : 0.4, named, evidence) ? 0.5 + 0.45 * share : 0;
                    case STREET -> different && share >= 0.35 ? 0.45 + 0.45 * share : 0;
                    case CITY -> different && share >= 0.3 ? 0.4 + 0.4 * share : 0;
                    case COMPANY -> different && share >= 0.2 ? 0.5 + 0.4 * share : 0;
                    case COORDINATES -> share >= 0.6 ? 0.85 : 0;
                    case POSTCODE -> share >= 0.6 ? 0.2 : 0;
                    case BIC -> share >= 0.7 ? 0.35 : 0;
                    case URL -> share >= 0.5 ? 0.3 : 0;
                    case FREE_TEXT -> freeText(evidence, why);
                    default -> 0;
                };
        if (weight > 0 && kind != PersonalData.FREE_TEXT) {
            int count = evidence.count(kind);
            why.add(
                    count > 0
                            ? count + " of " + evidence.values() + " values have the form of " + kind.words()
                            : "its values are as random as " + kind.words());
        }
        return weight;
    }

    /** Words of other things are names too, such as Rose and Summer: without a hint in the column's name more of them must be. */
    private static boolean names(double share, double least, boolean named, Evidence evidence) {
        return share >= least
                && (named
                        || evidence.distinct() >= (share >= 0.6 ? Judge.DIFFERENT : Judge.ENOUGH)
                        || evidence.values() < 2 * Judge.ENOUGH);
    }

    /** For a form that nothing has by chance. */
    private static double exact(double share, int count, double whenMost) {
        return share >= 0.5 ? whenMost : share >= 0.1 ? 0.62 : share >= 0.02 && count >= 3 ? 0.52 : 0;
    }

    private static double random(List<String> words, Evidence evidence) {
        boolean ofFiles = words.stream().anyMatch(OF_FILES::contains);
        return !ofFiles && evidence.random() >= 0.8 && evidence.distinct() >= Judge.DIFFERENT ? 0.5 : 0;
    }

    private static double freeText(Evidence evidence, List<String> why) {
        int people = 0;
        for (PersonalData inside :
                new PersonalData[] {PersonalData.EMAIL, PersonalData.PHONE, PersonalData.FULL_NAME}) {
            int count = evidence.inside(inside);
            people = Math.max(people, count);
            if (count > 0) {
                why.add(count + " of " + evidence.values() + " texts have " + inside.words() + " in them");
            }
        }
        double words = evidence.wordsPerValue();
        boolean varied = evidence.distinct() >= evidence.values() * 0.3;
        if (words >= 4 && varied) {
            why.add("its values have " + Math.round(words) + " words on average");
        }
        if (people > 0 && words >= 3 && people >= Math.max(2, evidence.values() / 100)) {
            return 0.8;
        }
        return words >= 6 && varied ? 0.52 : words >= 4 && varied ? 0.3 : 0;
    }
}
