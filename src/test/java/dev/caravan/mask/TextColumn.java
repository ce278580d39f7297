package dev.caravan.mask;

import java.util.List;
import java.util.OptionalInt;

/** Columns of texts in tests. */
final class TextColumn {
    private TextColumn() {}

    static MaskedColumn of(int characters) {
        return column("varchar", characters, false, List.of());
    }

    static MaskedColumn unique(int characters) {
        return column("varchar", characters, true, List.of());
    }

    static MaskedColumn column(String type, int characters, boolean unique, List<String> others) {
        return new MaskedColumn(
                ValueKind.TEXT,
                type,
                OptionalInt.of(characters),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                unique,
                List.of(),
                "test",
                NumberMasking.KEY,
                others);
    }
}
