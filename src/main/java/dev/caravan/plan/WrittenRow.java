package dev.caravan.plan;

import dev.caravan.mask.ColumnMask;
import dev.caravan.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One of the rows that masks make of some columns, where each of them has a short list of outputs.
 *
 * @param values what the columns hold
 * @param certain whether every value of it was put there by a mask; else one may be a NULL that was there before, and such a row may not be
 */
record WrittenRow(List<Question.Value> values, boolean certain) {
    private static final int MOST = 64;

    /** What a column may hold. */
    record Cell(Question.Value value, boolean certain) {}

    /**
     * All of them; empty when one of the columns has no short list, or there are too many.
     *
     * @param masks by the columns' names
     */
    static List<WrittenRow> all(List<Column> columns, Map<String, ColumnMask> masks) {
        List<WrittenRow> rows = List.of(new WrittenRow(List.of(), true));
        for (Column column : columns) {
            ColumnMask mask = masks.get(column.name());
            List<Cell> cells = mask == null || Outputs.keepsSome(mask) ? List.of() : cells(column, mask);
            if (cells.isEmpty() || rows.size() * cells.size() > MOST) {
                return List.of();
            }
            List<WrittenRow> longer = new ArrayList<>();
            for (WrittenRow row : rows) {
                cells.forEach(cell -> longer.add(row.with(cell)));
            }
            rows = longer;
        }
        return columns.isEmpty() ? List.of() : rows;
    }

    /** What one column may hold; empty when that is no list, or its type must not be read. */
    static List<Cell> cells(Column column, ColumnMask mask) {
        Set<Optional<String>> put = new LinkedHashSet<>(Outputs.replacing(mask).orElse(List.of()));
        boolean left = Outputs.leavesNull(mask) && !put.contains(Optional.<String>empty());
        List<Cell> cells = new ArrayList<>();
        for (Optional<String> text : put) {
            Evaluable.value(column, text).ifPresent(value -> cells.add(new Cell(value, true)));
        }
        if (!cells.isEmpty() && left) {
            Evaluable.value(column, Optional.empty()).ifPresent(value -> cells.add(new Cell(value, false)));
        }
        return cells;
    }

    private WrittenRow with(Cell cell) {
        List<Question.Value> more = new ArrayList<>(values);
        more.add(cell.value());
        return new WrittenRow(more, certain && cell.certain());
    }
}
