package dev.caravan.schema;

import java.util.List;
import java.util.Optional;

/**
 * An index, or the primary key, unique or exclusion constraint that owns it.
 *
 * @param oid pg_class.oid of the index on the source
 * @param name its name
 * @param table the table that it is on
 * @param constraint the constraint that makes it, when one does
 * @param definition pg_get_indexdef of the index, every name qualified
 * @param bytes its size on the source, a measure of the work to build it
 * @param collatedText whether a key column is a text under a collation other than C, which costs about six times a number
 * @param valid whether the source holds it for valid
 * @param clustered whether CLUSTER uses it
 * @param replicaIdentity whether it is the table's replica identity
 * @param columnStatistics statistics targets set on its columns
 * @param tablespace the tablespace it is in, when it is not the database's
 */
public record Index(
        long oid,
        TableName name,
        TableName table,
        Optional<Constraint> constraint,
        String definition,
        long bytes,
        boolean collatedText,
        boolean valid,
        boolean clustered,
        boolean replicaIdentity,
        List<ColumnStatistics> columnStatistics,
        Optional<String> tablespace) {
    public Index {
        columnStatistics = List.copyOf(columnStatistics);
    }

    /**
     * The constraint that owns an index.
     *
     * @param oid pg_constraint.oid on the source
     * @param name its name
     * @param definition pg_get_constraintdef
     * @param kind what it demands
     * @param takesIndex whether the finished index can be handed to it: ADD CONSTRAINT … USING INDEX
     */
    public record Constraint(long oid, String name, String definition, Kind kind, boolean takesIndex) {
        /** pg_constraint.contype p, u and x. */
        public enum Kind {
            PRIMARY_KEY,
            UNIQUE,
            EXCLUSION
        }
    }

    /**
     * {@code ALTER INDEX … ALTER COLUMN number SET STATISTICS target}.
     *
     * @param column the column's number in the index, from 1
     * @param target the statistics target
     */
    public record ColumnStatistics(int column, int target) {}
}
