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
                    .map(value -> "pg_catalog.setval("
                            + Identifiers.literal(value.sequence().quoted()) + "::pg_catalog.regclass, "
                            + value.lastValue() + ", " + value.called() + ")")
                    .collect(Collectors.joining(", ", "SELECT ", "")));
        }
        return statements;
    }

    static List<String> refresh(List<MaterializedView> views) {
        return views.stream()
                .filter(MaterializedView::populated)
                .map(view -> "REFRESH MATERIALIZED VIEW " + view.name().quoted())
                .toList();
    }
}
