package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caravan.schema.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A condition on a value that is there but cannot be shown as a text does not take it for NULL. */
class ConditionsTest {
    private static final ColumnType TEXT = type(25, "text");

    private static ColumnType type(long oid, String name) {
        return new ColumnType(oid, "pg_catalog", name, ColumnType.Kind.BASE, true, List.of());
    }

    /** A row's first column, which is kept where the second one is NULL. */
    private static String masked(ColumnType tested, String row) {
        MaskRule keep = new MaskRule(
                Optional.of(new Condition("tested", List.of(), true, false)),
                "keep",
                Settings.NONE,
                false,
                OptionalInt.empty());
        ColumnMask mask = new ColumnMask(
                "secret",
                TEXT,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                false,
                List.of(),
                "test",
                List.of(keep, MaskRule.of("null", Settings.NONE)));
        RowMask rows = RowMask.of(
                List.of("secret", "tested"),
                Map.of("secret", TEXT, "tested", tested),
                Map.of("secret", mask),
                NumberMasking.KEY,
                Maskers.load(),
                RowForm.TEXT);
        byte[] bytes = (row + "\n").getBytes(StandardCharsets.UTF_8);
        rows.mask(bytes, bytes.length, 1);
        return new String(rows.bytes(), 0, rows.length() - 1, StandardCharsets.UTF_8);
    }

    @Test
    void whatCannotBeShownIsNotNull() {
        ColumnType texts = new ColumnType(1009, "pg_catalog", "_text", ColumnType.Kind.ARRAY, true, List.of(TEXT));
        assertEquals("\\N\t{a}", masked(texts, "anna\t{a}"));
        assertEquals("anna\t\\N", masked(texts, "anna\t\\N"));
        assertEquals("\\N\tNaN", masked(type(701, "float8"), "anna\tNaN"));
        assertEquals("anna\t\\N", masked(type(701, "float8"), "anna\t\\N"));
    }
}
