package dev.caravan.copy;

import dev.caravan.job.Beside;
import dev.caravan.mask.SearchedRows;
import dev.caravan.mask.SourceValues;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One job's source values of masked columns, and where rows were searched for them. Thread-safe. */
final class JobValues {
    private final SourceValues values;
    private final Map<TableName, List<String>> columns;
    private final List<String> without;
    private final SearchedRows searched = new SearchedRows();
    private Beside<Boolean> gathering;

    /**
     * @param columns by table, the columns whose values are wanted
     * @param without masked columns whose values are not, and why
     */
    JobValues(SourceValues values, Map<TableName, List<String>> columns, List<String> without) {
        this.values = values;
        this.columns = Map.copyOf(columns);
        this.without = new ArrayList<>(without);
    }

    SourceValues values() {
        return values;
    }

    Map<TableName, List<String>> columns() {
        return columns;
    }

    SearchedRows searched() {
        return searched;
    }

    synchronized void lacking(String column, String why) {
        without.add(column + ": " + why);
    }

    /** Masked columns of which not all values were gathered that were wanted, and why. */
    synchronized List<String> without() {
        return List.copyOf(without);
    }

    synchronized void gatheredBy(Beside<Boolean> reading) {
        gathering = reading;
    }

    /** Waits until all values are gathered, if any are. */
    void await() {
        Beside<Boolean> begun;
        synchronized (this) {
            begun = gathering;
        }
        if (begun != null) {
            begun.result();
        }
    }
}
