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
 * @param demands what it demands of the values in its columns
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
        Optional<String> tablespace,
        Demands demands) {
    public Index {
        columnStatistics = List.copyOf(columnStatistics);
    }

    /** An index that demands nothing. */
    public Index(
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
        this(
                oid,
                name,
                table,
                constraint,
                definition,
                bytes,
                collatedText,
                valid,
                clustered,
                replicaIdentity,
                columnStatistics,
                tablespace,
                Demands.NONE);
    }

    /**
     * What an index demands of values.
     *
     * @param unique whether two rows may not be equal in it, or may not exclude each other
     * @param nullsNotDistinct whether two NULLs count as equal
     * @param columns names of the columns that its keys are made of, in its order, those inside expressions too; INCLUDE's are not among them
     * @param expressions whether a key is an expression
     * @param predicateColumns names of the other columns that its WHERE reads
     * @param predicate its WHERE, when it has one
     */
    public record Demands(
            boolean unique,
            boolean nullsNotDistinct,
            List<String> columns,
            boolean expressions,
            List<String> predicateColumns,
            Optional<String> predicate) {
        public static final Demands NONE = new Demands(false, false, List.of(), false, List.of(), Optional.empty());

        public Demands {
            columns = List.copyOf(columns);
            predicateColumns = List.copyOf(predicateColumns);
        }
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
