package dev.caravan.tenant;

import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What of one table a job takes. A partitioned table stands for its partitions.
 *
 * @param table the table
 * @param kind which rows
 * @param columns the columns that tell whose a row is; empty where none does
 * @param paths where there is no such column: the keys over which a row belongs
 * @param where a further condition on the rows that belong
 * @param words why, for whoever reads the plan
 */
public record TableScope(
        TableName table, Kind kind, List<String> columns, List<Reference> paths, Optional<String> where, String words) {
    /** Which rows of a table are taken. */
    public enum Kind {
        /** Every row: the table is shared. */
        ALL,
        /**
         * Those that belong to a chosen tenant, or where all tenants are copied those that the policy's conditions leave; and those that taken rows
         * reference.
         */
        BELONGING,
        /** Those that taken rows reference. */
        REFERENCED,
        /** Those that hang on referenced rows, because the policy lists the table under follow, and those that taken rows reference. */
        FOLLOWING,
        /** None. */
        EMPTY
    }

    public TableScope {
        columns = List.copyOf(columns);
        paths = List.copyOf(paths);
    }

    TableScope unconditioned() {
        return new TableScope(table, byConditionAlone() ? Kind.ALL : kind, columns, paths, Optional.empty(), words);
    }

    /** Whether the policy's condition alone decides which rows belong: neither a column tells it nor a key. */
    public boolean byConditionAlone() {
        return belongs() && columns.isEmpty() && paths.isEmpty();
    }

    public boolean belongs() {
        return kind == Kind.BELONGING;
    }
}
