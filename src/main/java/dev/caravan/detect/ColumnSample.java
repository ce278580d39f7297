package dev.caravan.detect;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.caravan.mask.ValueKind;
import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sample of one column: values go in one by one, and only what was counted stays. Not thread-safe. */
final class ColumnSample {
    /**
     * A place in the column that seems to hold personal data.
     *
     * @param path the place in a document; absent for the value as a whole
     */
    record Place(Optional<String> path, Verdict verdict) {}

    private final String table;
    private final Column column;
    private final ValueKind kind;
    private final boolean array;
    private final Evidence values = new Evidence();
    private final DocumentEvidence documents = new DocumentEvidence();
    /** Values whose form says nothing that their type does not. */
    private int counted;

    /** @param table the table's name without its schema */
    ColumnSample(String table, Column column) {
        this.table = table;
        this.column = column;
        this.kind = ValueKind.of(column.type());
        this.array = isArray(column.type());
    }

    private static boolean isArray(ColumnType type) {
        return type.kind() == ColumnType.Kind.ARRAY
                || type.kind() == ColumnType.Kind.DOMAIN
                        && !type.parts().isEmpty()
                        && isArray(type.parts().get(0));
    }

    Column column() {
        return column;
    }

    /** @param printed the value as PostgreSQL prints it; null for NULL */
    void add(String printed) {
        if (printed == null) {
            return;
        }
        for (String value : array ? PrintedElements.ofArray(printed) : List.of(printed)) {
            switch (kind) {
                case JSON -> documents.add(value);
                case HSTORE ->
                    PrintedElements.ofHstore(value).stream()
                            .filter(pair -> pair.value() != null)
                            .forEach(
                                    pair -> documents.add("{" + quoted(pair.key()) + ":" + quoted(pair.value()) + "}"));
                case BYTES, DATE, TIME, TIMESTAMP, BOOLEAN, UUID, ENUM -> counted++;
                default -> text(value);
            }
        }
    }

    /** A text may hold documents too. */
    private void text(String value) {
        String start = value.stripLeading();
        if (kind == ValueKind.TEXT && start.length() > 1 && start.charAt(0) == '{' && start.indexOf('"') > 0) {
            documents.add(value);
        } else {
            values.add(value);
        }
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** How many values were looked at. */
    int values() {
        return values.values() + documents.documents() + counted;
    }

    /** Whether few different values repeat, as codes and states do. */
    boolean fewDifferent() {
        return values.values() >= 50 && values.distinct() <= 20;
    }

    /** Whether documents were seen, all with keys that are plain words. */
    boolean keysAreWords() {
        return documents.documents() > 0 && documents.unreadable() == 0 && !documents.keysAreData();
    }

    /** What it seems to hold; of a document each place for itself. */
    List<Place> places(Judge judge) {
        List<Place> places = new ArrayList<>();
        if (kind == ValueKind.JSON || kind == ValueKind.HSTORE || documents.documents() > 0) {
            documents.visit((path, key, evidence) -> judge.judge(
                            table, key.isEmpty() ? column.name() : key, ValueKind.TEXT, evidence)
                    .ifPresent(verdict -> places.add(new Place(Optional.of(path), verdict))));
        }
        if (kind != ValueKind.JSON && kind != ValueKind.HSTORE && documents.documents() <= values.values() + counted) {
            judge.judge(table, column.name(), kind, values)
                    .ifPresent(verdict -> places.add(new Place(Optional.empty(), verdict)));
        }
        return places;
    }
}
