package dev.caravan.mask;

import dev.caravan.schema.ColumnType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers source values from rows of one table, of each column where a rule masks it in that row. Not thread-safe. */
public final class ValueGatherer {
    private final List<String> columns;
    /** Null where a column is only there for the others' conditions. */
    private final SourceValues.Gatherer[] gatherers;

    private final FieldMask[] fields;
    private final RowText rowText;
    private final Bytes row = new Bytes(1024);
    private final int[] offsets;
    private final int[] lengths;

    private ValueGatherer(
            List<String> columns, SourceValues.Gatherer[] gatherers, FieldMask[] fields, RowText rowText) {
        this.columns = columns;
        this.gatherers = gatherers;
        this.fields = fields;
        this.rowText = rowText;
        this.offsets = new int[columns.size()];
        this.lengths = new int[columns.size()];
    }

    /**
     * @param values where they are gathered
     * @param table schema and name, as the values' sources have it
     * @param wanted columns whose values are wanted
     * @param types the types of the table's columns
     * @param masks what is done with the table's columns
     */
    public static ValueGatherer of(
            SourceValues values,
            String table,
            List<String> wanted,
            Map<String, ColumnType> types,
            Map<String, ColumnMask> masks,
            MaskKey key,
            Maskers maskers) {
        Set<String> columns = new LinkedHashSet<>(wanted);
        wanted.forEach(column -> masks.get(column)
                .rules()
                .forEach(rule -> rule.when().map(Condition::column).ifPresent(columns::add)));
        List<String> names = List.copyOf(columns);
        FieldMask[] fields = FieldMask.all(names, masks, key, maskers, RowForm.TEXT);
        SourceValues.Gatherer[] gatherers = new SourceValues.Gatherer[names.size()];
        for (int i = 0; i < wanted.size(); i++) {
            gatherers[i] = values.gatherer(table + "." + names.get(i));
        }
        return new ValueGatherer(names, gatherers, fields, RowText.of(names, types, fields, RowForm.TEXT));
    }

    /** What rows are to hold, in this order. */
    public List<String> columns() {
        return columns;
    }

    /** @param values as PostgreSQL prints them, in UTF-8; null for NULL */
    public void take(byte[][] values) {
        row.clear();
        for (int i = 0; i < values.length; i++) {
            offsets[i] = row.length();
            lengths[i] = values[i] == null ? -1 : values[i].length;
            if (values[i] != null) {
                row.put(values[i], 0, values[i].length);
            }
        }
        rowText.begin(row.array(), offsets, lengths);
        for (int i = 0; i < values.length; i++) {
            if (gatherers[i] != null
                    && values[i] != null
                    && !fields[i].keeps(fields[i].rule(rowText.source(), columns))) {
                gatherers[i].seen(values[i]);
            }
        }
    }

    /** Whether no column wants another value. */
    public boolean enough() {
        return Arrays.stream(gatherers).allMatch(gatherer -> gatherer == null || gatherer.enough());
    }
}
