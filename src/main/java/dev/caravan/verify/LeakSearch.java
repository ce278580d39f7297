package dev.caravan.verify;

import dev.caravan.job.LeakReport;
import dev.caravan.mask.FoundValues;
import dev.caravan.mask.SearchedRows;
import dev.caravan.mask.SourceValues;
import dev.caravan.mask.TextSearch;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * One job's search of its loaded database for source values, within a time: whatever has not been searched on its way. Not thread-safe. No value is
 * kept, shown or thrown.
 */
final class LeakSearch {
    private final SourceValues values;
    private final BiPredicate<TableName, String> kept;
    private final Runnable stopped;
    private final long until;
    private final FoundValues found = new FoundValues();
    private final Set<TableName> tables = new HashSet<>();
    private long rows;
    private long nanos;

    /**
     * @param kept whether a column's values travelled as they are
     * @param time how long it may take
     * @param stopped throws when the job is to stop
     */
    LeakSearch(SourceValues values, BiPredicate<TableName, String> kept, Duration time, Runnable stopped) {
        this.values = values;
        this.kept = kept;
        this.stopped = stopped;
        this.until = System.nanoTime() + time.toNanos();
    }

    /**
     * Searches the catalog's texts, and every column that the rows on their way did not show: generated ones, materialised views.
     *
     * @param onTheWay what was searched there
     * @param withoutValues masked columns of which not all values were gathered that were wanted, and why
     */
    LeakReport run(Connection staging, SearchedRows onTheWay, List<String> withoutValues) throws SQLException {
        List<String> unchecked = new ArrayList<>(withoutValues);
        int texts = 0;
        if (values.size() > 0) {
            Map<TableName, Set<String>> searched = onTheWay.columns();
            tables.addAll(searched.keySet());
            found.addAll(onTheWay.found());
            rows = onTheWay.rows();
            nanos = onTheWay.nanos();
            TextSearch search = new TextSearch(values);
            texts = CatalogTexts.read(staging, (where, text) -> search.look(text, where));
            found.addAll(search.found());
            for (Map.Entry<TableName, TextColumns> table :
                    TextColumns.read(staging).entrySet()) {
                TextColumns left = table.getValue().without(searched.getOrDefault(table.getKey(), Set.of()));
                if (!left.names().isEmpty() && !scan(staging, table.getKey(), left)) {
                    unchecked.add(table.getKey() + ": the time was over");
                }
            }
        }
        return report(texts, unchecked);
    }

    /** @return whether the whole table was searched */
    private boolean scan(Connection staging, TableName table, TextColumns text) throws SQLException {
        stopped.run();
        if (System.nanoTime() > until) {
            return false;
        }
        TableScan scan = new TableScan(values, stopped, until);
        boolean whole = scan.read(staging, table, text, kept);
        nanos += scan.nanos();
        found.addAll(scan.found());
        if (whole && tables.add(table)) {
            rows += scan.rows();
        } else if (!whole) {
            tables.remove(table);
        }
        return whole;
    }

    private LeakReport report(int texts, List<String> unchecked) {
        List<LeakReport.Hit> hits = new ArrayList<>();
        found.forEach((column, where, count) -> hits.add(new LeakReport.Hit(column, where, count)));
        return new LeakReport(
                values.size(),
                values.sources().size(),
                tables.size(),
                rows,
                texts,
                Duration.ofNanos(nanos).toMillis(),
                unchecked,
                hits);
    }
}
