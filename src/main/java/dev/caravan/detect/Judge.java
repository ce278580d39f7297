package dev.caravan.detect;

import dev.caravan.mask.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Weighs what a name promises against what the values look like. The weights were set on the tuning part of the labelled corpus in
 * {@code src/test/resources/detect}; the part held aside says what they are worth.
 */
final class Judge {
    /** What is less likely is no finding. */
    private static final double LEAST = 0.5;

    private static final double SURE_NAME = 0.75;
    private static final double DOUBTFUL_NAME = 0.3;
    private static final double PEOPLE = 0.62;
    private static final int ENOUGH = 10;
    private static final int DIFFERENT = 5;
    private static final double MOST = 0.99;

    private static final Set<PersonalData> AS_NUMBER = Set.of(
            PersonalData.PHONE,
            PersonalData.NATIONAL_ID,
            PersonalData.CARD,
            PersonalData.BANK_ACCOUNT,
            PersonalData.ID_DOCUMENT,
            PersonalData.SECRET,
            PersonalData.DEVICE,
            PersonalData.POSTCODE);
    private static final Set<PersonalData> AS_LABEL = Set.of(PersonalData.GENDER, PersonalData.SENSITIVE);
    /** What a value cannot be without having its form. */
    private static final Set<PersonalData> WITH_FORM = Set.of(
            PersonalData.EMAIL,
            PersonalData.IBAN,
            PersonalData.CARD,
            PersonalData.IP,
            PersonalData.MAC,
            PersonalData.USER_AGENT);

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
    private static final Set<String> NETWORKS =
            Set.of("network", "subnet", "cidr", "range", "gateway", "allowed", "netmask");

    private final NameLexicon lexicon;

    Judge(NameLexicon lexicon) {
        this.lexicon = lexicon;
    }

    /**
     * @param table the table's name, which says whether its rows are people
     * @param column the column's name, or the last key of a place in a document
     * @param kind of its values
     * @param evidence what was counted; without values the name decides alone
     */
    Optional<Verdict> judge(String table, String column, ValueKind kind, Evidence evidence) {
        List<String> words = Words.of(column);
        Optional<NameLexicon.Promise> promise = lexicon.of(words);
        boolean people = lexicon.people(table);
        return switch (kind) {
            case TEXT -> text(words, promise, people, evidence);
            case INTEGER, DECIMAL, FLOAT -> number(promise, evidence);
            case DATE, TIMESTAMP ->
                promised(promise.filter(it -> it.kind() == PersonalData.BIRTH_DATE && it.sure()), 0.95);
            case INET -> inet(words, evidence);
            case MACADDR -> found(PersonalData.MAC, 0.9, List.of("its type holds MAC addresses"));
            case BOOLEAN -> promised(promise.filter(it -> it.kind() == PersonalData.SENSITIVE && it.sure()), 0.6);
            case ENUM -> promised(promise.filter(it -> AS_LABEL.contains(it.kind()) && it.sure()), 0.7);
            case UUID ->
                promised(
                        promise.filter(it ->
                                (it.kind() == PersonalData.SECRET || it.kind() == PersonalData.DEVICE) && it.sure()),
                        0.8);
            case BYTES ->
                promised(
                        promise.filter(
                                it -> it.kind() == PersonalData.PHOTO || it.kind() == PersonalData.SECRET && it.sure()),
                        0.75);
            default -> promised(promise.filter(it -> it.kind() == PersonalData.COORDINATES && it.sure()), 0.7);
        };
    }

    private static Optional<Verdict> text(
            List<String> words, Optional<NameLexicon.Promise> promise, boolean people, Evidence evidence) {
        Verdict best = null;
        for (PersonalData kind : PersonalData.values()) {
            List<String> why = new ArrayList<>();
            double name = byName(kind, promise, people, why);
            double values = byValues(kind, words, name > DOUBTFUL_NAME + 0.1, people, evidence, why);
            double confidence = 1 - (1 - name) * (1 - values);
            if (values == 0 && name > 0) {
                confidence = nameAlone(kind, name, promise.get().sure(), evidence, why);
            }
            // Of two that are as likely the one that its name says.
            if (confidence >= LEAST && (best == null || confidence > best.confidence())) {
                best = new Verdict(kind, Math.min(MOST, confidence), why);
            }
        }
        return Optional.ofNullable(best);
    }

    private static double byName(
            PersonalData kind, Optional<NameLexicon.Promise> promise, boolean people, List<String> why) {
        if (promise.isEmpty() || promise.get().kind() != kind) {
            return 0;
        }
        if (promise.get().sure()) {
            why.add("its name says " + kind.words());
            return SURE_NAME;
        }
        if (people) {
            why.add("its name may say " + kind.words() + ", in a table of people");
            return kind == PersonalData.FULL_NAME || kind == PersonalData.STREET || kind == PersonalData.USER_NAME
                    ? PEOPLE
                    : DOUBTFUL_NAME + 0.1;
        }
        why.add("its name may say " + kind.words());
        return DOUBTFUL_NAME;
    }

    /** What is left of a name's promise when no value has the form. */
    private static double nameAlone(PersonalData kind, double name, boolean sure, Evidence evidence, List<String> why) {
        if (evidence.values() == 0) {
            why.add("there were no values to look at");
            return name;
        }
        boolean enough = evidence.values() >= ENOUGH;
        if (WITH_FORM.contains(kind) && enough) {
            why.add("none of " + evidence.values() + " values has the form");
            return name * 0.4;
        }
        if (kind == PersonalData.FREE_TEXT && !sure && evidence.wordsPerValue() < 3) {
            return 0;
        }
        boolean names = kind == PersonalData.FIRST_NAME
                || kind == PersonalData.LAST_NAME
                || kind == PersonalData.FULL_NAME
                || kind == PersonalData.CITY;
        if (names && enough && evidence.numbers() > 0.5) {
            return 0;
        }
        if (!sure && names && enough && evidence.distinct() >= DIFFERENT) {
            // A list of goods or places: with names of people some would be in the lists of names.
            return name * 0.6;
        }
        why.add("the form of " + evidence.values() + " values neither confirms nor denies it");
        return name;
    }

    /** Words of other things are names too, such as Rose and Summer: without a hint in the column's name more of them must be. */
    private static boolean names(double share, double least, boolean named, Evidence evidence) {
        return share >= least
                && (named
                        || evidence.distinct() >= (share >= 0.6 ? DIFFERENT : ENOUGH)
                        || evidence.values() < 2 * ENOUGH);
    }

    private static double byValues(
            PersonalData kind, List<String> words, boolean named, boolean people, Evidence evidence, List<String> why) {
        if (evidence.values() == 0) {
            return 0;
        }
        double share = evidence.share(kind);
        boolean different = evidence.distinct() >= DIFFERENT || evidence.values() < ENOUGH;
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

    /** For a form that nothing has by chance. */
    private static double exact(double share, int count, double whenMost) {
        return share >= 0.5 ? whenMost : share >= 0.1 ? 0.62 : share >= 0.02 && count >= 3 ? 0.52 : 0;
    }

    private static double random(List<String> words, Evidence evidence) {
        boolean ofFiles = words.stream().anyMatch(OF_FILES::contains);
        return !ofFiles && evidence.random() >= 0.8 && evidence.distinct() >= DIFFERENT ? 0.5 : 0;
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

    private static Optional<Verdict> number(Optional<NameLexicon.Promise> promise, Evidence evidence) {
        boolean many = evidence.distinct() >= ENOUGH;
        if (many && evidence.share(PersonalData.CARD) >= 0.9) {
            return found(
                    PersonalData.CARD,
                    0.9,
                    List.of(evidence.count(PersonalData.CARD) + " of " + evidence.values()
                            + " values have the form of payment cards"));
        }
        if (promise.isEmpty() || !promise.get().sure()) {
            return Optional.empty();
        }
        PersonalData kind = promise.get().kind();
        if (kind == PersonalData.COORDINATES) {
            return evidence.values() == 0 || evidence.coordinates() >= 0.5 ? promised(promise, 0.85) : Optional.empty();
        }
        if (kind == PersonalData.BIRTH_DATE) {
            return promised(promise, 0.8);
        }
        return promised(promise.filter(it -> AS_NUMBER.contains(it.kind())), 0.75);
    }

    private static Optional<Verdict> inet(List<String> words, Evidence evidence) {
        boolean network = words.stream().anyMatch(NETWORKS::contains);
        return found(
                PersonalData.IP,
                network ? LEAST : 0.9,
                List.of(
                        evidence.values() == 0
                                ? "its type holds IP addresses"
                                : "its type holds IP addresses, " + evidence.distinct()
                                        + " different ones in the sample"));
    }

    private static Optional<Verdict> promised(Optional<NameLexicon.Promise> promise, double confidence) {
        return promise.flatMap(it -> found(
                it.kind(),
                confidence,
                List.of("its name and its type say " + it.kind().words())));
    }

    private static Optional<Verdict> found(PersonalData kind, double confidence, List<String> why) {
        return Optional.of(new Verdict(kind, confidence, why));
    }
}
