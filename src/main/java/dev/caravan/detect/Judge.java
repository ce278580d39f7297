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
    /** As many values, or different ones, as it takes to say that something is not there. */
    static final int ENOUGH = 10;

    /** As many different values as it takes to be no mere label. */
    static final int DIFFERENT = 5;

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
            double values = ValueWeights.of(kind, words, name > DOUBTFUL_NAME + 0.1, people, evidence, why);
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
