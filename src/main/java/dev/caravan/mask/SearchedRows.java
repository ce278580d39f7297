package dev.caravan.mask;

import dev.caravan.schema.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What one job's rows were searched for on their way, and what was found. Thread-safe. */
public final class SearchedRows {
    private final Map<TableName, Set<String>> columns = new HashMap<>();
    private final Set<TableName> notWhole = new HashSet<>();
    private final FoundValues found = new FoundValues();
    private long rows;
    private long nanos;

    /**
     * Adds what a part of a table has found, when its rows are written.
     *
     * @param written how many rows were; if others were looked through, the table was not, and is to be read in the new database
     */
    public synchronized void add(TableName table, RowScan search, long written) {
        if (search.rows() != written) {
            notWhole.add(table);
        }
        columns.computeIfAbsent(table, unused -> new HashSet<>()).addAll(search.columns());
        found.addAll(search.found());
        rows += search.rows();
        nanos += search.nanos();
    }

    /** By table, the columns that were looked into in every row. */
    public synchronized Map<TableName, Set<String>> columns() {
        Map<TableName, Set<String>> whole = new HashMap<>(columns);
        whole.keySet().removeAll(notWhole);
        return Map.copyOf(whole);
    }

    public FoundValues found() {
        return found;
    }

    public synchronized long rows() {
        return rows;
    }

    /** How long all of it took together; parts are searched side by side. */
    public synchronized long nanos() {
        return nanos;
    }
}
