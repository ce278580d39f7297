package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caravan.schema.ColumnType;
import dev.caravan.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SearchedRowsTest {
    private static final TableName WHOLE = new TableName("public", "whole");
    private static final TableName PARTLY = new TableName("public", "partly");
    private static final byte[] TWO_ROWS = "Anna\nBen\n".getBytes(StandardCharsets.UTF_8);

    private final SearchedRows searched = new SearchedRows();

    @Test
    void aTableOfWhichAPartWasNotLookedThroughCountsAsNotLookedThrough() {
        searched.add(WHOLE, lookedThrough(2), 2);
        searched.add(PARTLY, lookedThrough(0), 2);
        searched.add(PARTLY, lookedThrough(2), 2);

        assertEquals(Map.of(WHOLE, Set.of("name")), searched.columns());
        assertEquals(4, searched.rows());
    }

    private static RowScan lookedThrough(int rows) {
        SourceValues values = new SourceValues(List.of(new SourceValues.Source("public.whole.name", false, false)));
        values.gatherer("public.whole.name").seen("Anna Nightingale 1".getBytes(StandardCharsets.UTF_8));
        ColumnType text = new ColumnType(25, "pg_catalog", "text", ColumnType.Kind.BASE, true, List.of());
        RowScan scan = RowScan.of(
                        values, "public.whole", List.of("name"), Map.of("name", text), column -> false, RowForm.TEXT)
                .orElseThrow();
        if (rows > 0) {
            scan.look(TWO_ROWS, TWO_ROWS.length, rows);
        }
        return scan;
    }
}
