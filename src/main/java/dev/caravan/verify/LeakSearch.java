package dev.caravan.verify;

import dev.caravan.job.LeakReport;
import dev.caravan.mask.SourceValues;
import dev.caravan.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * One job's search of its loaded database for source values, within a time: tables one by one while others are indexed, and at last whatever was not
 * searched by then. Thread-safe. No value is kept, shown or thrown.
 */
final class LeakSearch {
    private final SourceValues values;
    private final BiPredicate<TableName, String> kept;
    private final long nanosAllowed;
    private final Runnable stopped;
    private final Set<TableName> searched = new HashSet<>();
    private final Map<String, Map<String, Long>> hits = new TreeMap<>();
    private Map<TableName, TextColumns> columns;
    private long nanosSpent;
    private long rows;

    /**
     * @param values all that were gathered: every row is in
     * @param kept whether a column's values travelled as they are
     * @param time how long all searches together may take
     * @param stopped throws when the job is to stop
     */
    LeakSearch(SourceValues values, BiPredicate<TableName, String> kept, Duration time, Runnable stopped) {
        this.values = values;
        this.kept = kept;
        this.nanosAllowed = time.toNanos();
        this.stopped = stopped;
        values.close();
    }

    /** Searches a table whose content is what it will be; it is not searched again. */
    void search(Connection staging, TableName table) throws SQLException {
        TextColumns text = columns(staging).get(table);
        if (text != null && values.size() > 0) {
            scan(staging, table, text);
        }
    }

    /** Searches what is left: the catalog's texts, materialised views, tables that nobody has searched. */
    LeakReport finish(Connection staging, List<String> withoutValues) throws SQLException {
        List<String> unchecked = new ArrayList<>(withoutValues);
        int texts = 0;
        if (values.size() > 0) {
            TableScan scan = new TableScan(values, stopped, until());
            texts = CatalogTexts.read(staging, (where, text) -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                scan.look(bytes, 0, bytes.length, false, true, where);
            });
            add(scan);
            // Read anew: the operator's own SQL may have made tables.
            for (Map.Entry<TableName, TextColumns> table :
                    TextColumns.read(staging).entrySet()) {
                if (!isSearched(table.getKey()) && !scan(staging, table.getKey(), table.getValue())) {
                    unchecked.add(table.getKey() + ": the time was over");
                }
            }
        }
        return report(texts, unchecked);
    }

    private synchronized Map<TableName, TextColumns> columns(Connection staging) throws SQLException {
        if (columns == null) {
            columns = TextColumns.read(staging);
        }
        return columns;
    }

    /** @return whether the whole table was searched */
    private boolean scan(Connection staging, TableName table, TextColumns text) throws SQLException {
        stopped.run();
        if (System.nanoTime() > until()) {
            return false;
        }
        TableScan scan = new TableScan(values, stopped, until());
        boolean whole = scan.read(staging, table, text, kept);
        add(scan);
        if (whole) {
            synchronized (this) {
                searched.add(table);
            }
        }
        return whole;
    }

    private synchronized long until() {
        return System.nanoTime() + nanosAllowed - nanosSpent;
    }

    private synchronized boolean isSearched(TableName table) {
        return searched.contains(table);
    }

    private synchronized void add(TableScan scan) {
        nanosSpent += scan.nanos();
        rows += scan.rows();
        scan.hits()
                .forEach((column, places) -> places.forEach((where, count) ->
                        hits.computeIfAbsent(column, unused -> new TreeMap<>()).merge(where, count, Long::sum)));
    }

    private synchronized LeakReport report(int texts, List<String> unchecked) {
        List<LeakReport.Hit> found = new ArrayList<>();
        hits.forEach((column, places) ->
                places.forEach((where, count) -> found.add(new LeakReport.Hit(column, where, count))));
        return new LeakReport(
                values.size(),
                values.sources().size(),
                searched.size(),
                rows,
                texts,
                Duration.ofNanos(nanosSpent).toMillis(),
                unchecked,
                found);
    }
}
