package dev.caravan.mask;

import dev.caravan.schema.TableName;
import java.util.List;
import java.util.OptionalInt;

/**
 * Columns that together may lead to a person, though none of them does alone: postcode, year of birth, gender.
 *
 * @param table their table
 * @param columns at least one
 * @param minimum how many rows must share each combination of values in the masked copy; absent to measure only
 * @param origin where it is written, such as {@code masks.yaml:12}
 */
public record QuasiIdentifiers(TableName table, List<String> columns, OptionalInt minimum, String origin) {
    public QuasiIdentifiers {
        columns = List.copyOf(columns);
    }
}
