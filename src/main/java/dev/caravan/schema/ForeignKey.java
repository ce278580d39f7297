package dev.caravan.schema;

import java.util.List;

/**
 * A foreign key of a table, declared on the table itself and not inherited from a partitioned one; or a virtual one, which no constraint holds.
 *
 * @param oid pg_constraint.oid on the source; 0 of a virtual key
 * @param name the constraint's name; of a virtual key where it was written
 * @param table the referencing table
 * @param columns the referencing columns, in the key's order
 * @param referenced the referenced table
 * @param referencedColumns the referenced columns, in the key's order
 * @param operators the equality of each pair, the referenced column first, as OPERATOR(schema.name)
 * @param definition as pg_get_constraintdef gives it, every name qualified; empty of a virtual key
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

    /** A key that only a policy knows of. @param operators as of any other */
    public static ForeignKey virtual(
            String name,
            TableName table,
            List<String> columns,
            TableName referenced,
            List<String> referencedColumns,
            List<String> operators) {
        return new ForeignKey(0, name, table, columns, referenced, referencedColumns, operators, "", true);
    }

    public boolean isVirtual() {
        return oid == 0;
    }

    /** Whether its columns may be NULL all at once only: MATCH FULL. */
    public boolean full() {
        return definition.contains(" MATCH FULL");
    }
}
