package dev.caravan.tenant;

import dev.caravan.schema.TableName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A key along which rows are followed: a declared foreign key, or a virtual one of the policy.
 *
 * @param name the constraint's name, or where the virtual key was written
 * @param table the referencing table as a whole: for a partition, the table at its top
 * @param relation the table that bears the key: the same, or a partition of it
 * @param columns the referencing columns
 * @param referenced the referenced table as a whole
 * @param referencedRelation the table that the key names
 * @param referencedColumns the referenced columns, in the same order
 * @param virtual whether only the policy knows it
 * @param unique whether a row references one row at most: over a virtual key it may be several
 * @param full whether its columns may be NULL all at once only: MATCH FULL
 */
public record Reference(
        String name,
        TableName table,
        TableName relation,
        List<String> columns,
        TableName referenced,
        TableName referencedRelation,
        List<String> referencedColumns,
        boolean virtual,
        boolean unique,
        boolean full) {
    public Reference {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }

    public boolean toItself() {
        return table.equals(referenced);
    }

    /** Such as {@code order_id → public.order.id}. */
    public String inWords() {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i) + " → " + referenced + "." + referencedColumns.get(i))
                .collect(Collectors.joining(" and "));
    }
}
