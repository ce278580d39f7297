package dev.caravan.tenant;

import dev.caravan.schema.Identifiers;
import dev.caravan.schema.TableName;

/**
 * A key of one column that alone decides which rows of a table are taken: those that the rows of {@code table} reference. Once these
 * are loaded their keys are known, and the source need not read them once more to find the others.
 *
 * @param table the referencing table
 * @param column its column
 * @param referencedColumn what it references
 * @param type the column's type in SQL
 */
public record ReferencingKey(TableName table, String column, String referencedColumn, String type) {
    /** That a row under {@link Selection#ALIAS} has one of these keys. @param keys an array of them as PostgreSQL prints it */
    public String among(String keys) {
        return Selection.ALIAS + "." + Identifiers.quoted(referencedColumn) + " = ANY (" + Identifiers.literal(keys)
                + "::" + type + "[])";
    }
}
