package dev.caravan.source;

import dev.caravan.schema.Identifiers;
import dev.caravan.schema.SequenceValue;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads where sequences stand. They are not transactional: read after the snapshot they may be ahead of its rows, never behind. */
final class SequenceReader {
    private static final int BATCH = 200;

    private SequenceReader() {}

    static List<SequenceValue> read(Connection session, List<TableName> sequences) throws SQLException {
        List<SequenceValue> values = new ArrayList<>();
        for (int from = 0; from < sequences.size(); from += BATCH) {
            String query = sequences.subList(from, Math.min(sequences.size(), from + BATCH)).stream()
                    .map(name -> "SELECT " + Identifiers.literal(name.schema()) + ", "
                            + Identifiers.literal(name.name()) + ", last_value, is_called FROM " + name.quoted())
                    .collect(Collectors.joining(" UNION ALL "));
            values.addAll(Rows.of(
                    session,
                    query,
                    row -> new SequenceValue(
                            new TableName(row.getString(1), row.getString(2)), row.getLong(3), row.getBoolean(4))));
        }
        return values;
    }
}
