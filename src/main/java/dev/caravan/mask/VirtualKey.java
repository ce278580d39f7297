package dev.caravan.mask;

import dev.caravan.schema.TableName;
import java.util.List;

/**
 * A reference that the catalog does not know of.
 *
 * @param table the referencing table
 * @param columns its columns
 * @param referenced the referenced table
 * @param referencedColumns its columns, in the same order
 * @param origin where this was written, such as {@code masks.yaml:12}
 */
public record VirtualKey(
        TableName table, List<String> columns, TableName referenced, List<String> referencedColumns, String origin) {
    public VirtualKey {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
        if (columns.isEmpty() || columns.size() != referencedColumns.size()) {
            throw new IllegalArgumentException("a key pairs its columns");
        }
    }

    /** Whether another of these keys has the same columns: then a row references one table or another, and each key alone says little of it. */
    public boolean oneOfSeveral(List<VirtualKey> all) {
        return all.stream()
                        .filter(other ->
                                other.table().equals(table) && other.columns().equals(columns))
                        .count()
                > 1;
    }
}
