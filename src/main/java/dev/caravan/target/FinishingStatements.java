package dev.caravan.target;

import dev.caravan.schema.Identifiers;
import dev.caravan.schema.MaterializedView;
import dev.caravan.schema.SequenceValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The statements that bring a loaded database to where its source stood. Pure. */
final class FinishingStatements {
    private static final int SEQUENCES_PER_STATEMENT = 200;

    private FinishingStatements() {}

    static List<String> sequences(List<SequenceValue> values) {
        List<String> statements = new ArrayList<>();
        for (int from = 0; from < values.size(); from += SEQUENCES_PER_STATEMENT) {
            statements.add(values.subList(from, Math.min(values.size(), from + SEQUENCES_PER_STATEMENT)).stream()
                    .map(FinishingStatements::setval)
                    .collect(Collectors.joining(", ", "SELECT ", "")));
        }
        return statements;
    }

    /** What would lie beyond the sequence's end, as above masked ids it may, is its end, handed out already. */
    private static String setval(SequenceValue value) {
        String sequence = Identifiers.literal(value.sequence().quoted()) + "::pg_catalog.regclass";
        String end = "(SELECT seqmax FROM pg_catalog.pg_sequence WHERE seqrelid = " + sequence + ")";
        return "pg_catalog.setval(" + sequence + ", LEAST(" + value.lastValue() + ", " + end + "), " + value.called()
                + " OR " + value.lastValue() + " > " + end + ")";
    }

    static List<String> refresh(List<MaterializedView> views) {
        return views.stream()
                .filter(MaterializedView::populated)
                .map(view -> "REFRESH MATERIALIZED VIEW " + view.name().quoted())
                .toList();
    }
}
