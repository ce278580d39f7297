package dev.caravan.detect;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How much of what is personal is found, and how much of what is found is personal, on schemas that the weights were not set by. */
class DetectionCorpusTest {
    private static final double RECALL = 0.95;
    private static final double PRECISION = 0.90;
    private static final int ROWS = 120;
    /** Names of people are one thing to somebody who has to mask them, and so are numbers that stand for a person. */
    private static final Map<PersonalData, String> ALIKE = Map.of(
            PersonalData.FIRST_NAME, "name",
            PersonalData.LAST_NAME, "name",
            PersonalData.FULL_NAME, "name",
            PersonalData.USER_NAME, "name",
            PersonalData.NATIONAL_ID, "number",
            PersonalData.ID_DOCUMENT, "number",
            PersonalData.BANK_ACCOUNT, "number",
            PersonalData.DEVICE, "number");

    private record Labelled(
            String schema,
            boolean aside,
            String table,
            String column,
            String values,
            boolean rows,
            Optional<PersonalData> label,
            Optional<String> key) {}

    private static final class Score {
        private int right;
        private int missed;
        private int wrong;
        private final List<String> lines = new ArrayList<>();

        double recall() {
            return (double) right / (right + missed);
        }

        double precision() {
            return (double) right / (right + wrong);
        }

        @Override
        public String toString() {
            return String.format(
                    "recall %.3f, precision %.3f (%d right, %d missed, %d wrong)",
                    recall(), precision(), right, missed, wrong);
        }
    }

    @Test
    void directIdentifiersAreFound() throws IOException {
        Score tuning = new Score();
        Score aside = new Score();
        List<Labelled> columns = columns();
        long schemas = columns.stream().map(Labelled::schema).distinct().count();
        assertTrue(schemas >= 60, "the corpus has " + schemas + " schemas");
        Judge judge = new Judge(NameLexicon.INSTANCE);
        for (int i = 0; i < columns.size(); i++) {
            Labelled column = columns.get(i);
            score(column, sampled(column, i).places(judge), column.aside() ? aside : tuning);
        }
        System.out.println("Detection of direct identifiers, " + schemas + " schemas, " + columns.size() + " columns");
        System.out.println("  tuning     " + tuning);
        System.out.println("  held aside " + aside);
        if (Boolean.getBoolean("corpus.tuning")) {
            tuning.lines.forEach(System.out::println);
        }
        assertTrue(aside.recall() >= RECALL, aside::toString);
        assertTrue(aside.precision() >= PRECISION, aside::toString);
        assertTrue(tuning.recall() >= RECALL, tuning::toString);
        assertTrue(tuning.precision() >= PRECISION, tuning::toString);
    }

    private static ColumnSample sampled(Labelled column, int seed) {
        String type = CorpusValues.type(column.values());
        ColumnSample sample = new ColumnSample(
                column.table(),
                new Column(
                        column.column(),
                        new ColumnType(1, "pg_catalog", type, ColumnType.Kind.BASE, true, List.of()),
                        false,
                        false));
        CorpusValues values = new CorpusValues(seed, column.schema().substring(0, 2));
        for (int row = 0; column.rows() && row < ROWS; row++) {
            sample.add(values.next(column.values()));
        }
        return sample;
    }

    private static void score(Labelled column, List<ColumnSample.Place> places, Score score) {
        List<ColumnSample.Place> direct =
                places.stream().filter(place -> place.verdict().kind().direct()).toList();
        boolean wanted = column.label().isPresent() && column.label().get().direct();
        boolean found = wanted
                && direct.stream()
                        .anyMatch(place -> group(place.verdict().kind())
                                        .equals(group(column.label().get()))
                                && (column.key().isEmpty()
                                        || place.path()
                                                .orElse("")
                                                .contains(column.key().get())));
        String what = column.schema() + " " + column.table() + "." + column.column() + " labelled "
                + column.label().map(Enum::name).orElse("-");
        if (found) {
            score.right++;
        } else if (wanted) {
            score.missed++;
            score.lines.add("missed " + what + ": " + places);
        }
        if (!found && !direct.isEmpty()) {
            score.wrong++;
            score.lines.add("wrong  " + what + ": " + direct);
        }
    }

    private static String group(PersonalData kind) {
        return ALIKE.getOrDefault(kind, kind.name());
    }

    private static List<Labelled> columns() throws IOException {
        List<Labelled> columns = new ArrayList<>();
        String schema = "";
        int schemas = 0;
        String text;
        try (InputStream stream = DetectionCorpusTest.class.getResourceAsStream("/detect/corpus.txt")) {
            text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String line :
                text.lines().filter(it -> !it.isBlank() && !it.startsWith("#")).toList()) {
            if (line.startsWith("== ")) {
                schema = line.substring(3);
                schemas++;
                continue;
            }
            String[] parts = line.split(": ", 2);
            boolean rows = !parts[0].endsWith("!");
            String table = parts[0].replace("!", "");
            for (String column : parts[1].split(", ")) {
                String[] sides = column.split("=", 2);
                String[] names = sides[0].split(":");
                String[] label = sides.length > 1 ? sides[1].split("@") : new String[0];
                columns.add(new Labelled(
                        schema,
                        schemas % 3 == 0,
                        table,
                        names[0],
                        names[1],
                        rows,
                        label.length > 0 ? Optional.of(PersonalData.valueOf(label[0])) : Optional.empty(),
                        label.length > 1 ? Optional.of(label[1]) : Optional.empty()));
            }
        }
        return columns;
    }
}
