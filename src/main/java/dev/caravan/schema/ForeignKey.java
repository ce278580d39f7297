package dev.caravan.schema;

import java.util.List;

/**
 * A foreign key of a table, declared on the table itself and not inherited from a partitioned one.
 *
 * @param oid pg_constraint.oid on the source
 * @param name the constraint's name
 * @param table the referencing table
 * @param columns the referencing columns, in the key's order
 * @param referenced the referenced table
 * @param referencedColumns the referenced columns, in the key's order
 * @param operators the equality of each pair, the referenced column first, as OPERATOR(schema.name)
 * @param definition as pg_get_constraintdef gives it, every name qualified
 * @param validated whether the source holds it for valid
 */
public record ForeignKey(
        long oid,
        String name,
        TableName table,
        List<String> columns,
        TableName referenced,
        List<String> referencedColumns,
        List<String> operators,
        String definition,
        boolean validated) {
    public ForeignKey {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
        operators = List.copyOf(operators);
        if (columns.isEmpty() || columns.size() != referencedColumns.size() || columns.size() != operators.size()) {
            throw new IllegalArgumentException("a foreign key pairs its columns");
        }
    }

    /** Whether its columns may be NULL all at once only: MATCH FULL. */
    public boolean full() {
        return definition.contains(" MATCH FULL");
    }
}
