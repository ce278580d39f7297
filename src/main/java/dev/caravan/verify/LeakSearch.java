package dev.caravan.verify;

import dev.caravan.job.LeakReport;
import dev.caravan.mask.SourceValues;
import dev.caravan.mask.WordWindows;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** One search of a loaded database for source values, within a time. Not thread-safe. No value is kept, shown or thrown. */
final class LeakSearch {
    private static final int ROWS_BETWEEN_LOOKS = 1_000;

    private final Connection staging;
    private final SourceValues values;
    private final WordWindows windows;
    private final BiPredicate<TableName, String> kept;
    private final Runnable stopped;
    private final long until;
    private final long begun = System.nanoTime();
    private final List<String> unchecked = new ArrayList<>();
    private final Map<String, Map<String, Long>> hits = new TreeMap<>();
    private int tables;
    private long rows;

    /**
     * @param kept whether a column's values travelled as they are
     * @param time how long the search may take
     * @param stopped throws when the job is to stop
     */
    LeakSearch(
            Connection staging,
            SourceValues values,
            BiPredicate<TableName, String> kept,
            Duration time,
            Runnable stopped) {
        this.staging = staging;
        this.values = values;
        this.windows = values.windows();
        this.kept = kept;
        this.stopped = stopped;
        this.until = begun + time.toNanos();
    }

    LeakReport run(List<String> withoutValues) throws SQLException {
        unchecked.addAll(withoutValues);
        values.close();
        int texts = 0;
        if (values.size() > 0) {
            texts = CatalogTexts.read(staging, (where, text) -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                look(bytes, 0, bytes.length, false, true, where);
            });
            for (Map.Entry<TableName, List<String>> table :
                    TextColumns.read(staging).entrySet()) {
                if (System.nanoTime() > until || !search(table.getKey(), table.getValue())) {
                    unchecked.add(table.getKey() + ": the time was over");
                }
            }
        }
        List<LeakReport.Hit> found = new ArrayList<>();
        hits.forEach((column, places) ->
                places.forEach((where, count) -> found.add(new LeakReport.Hit(column, where, count))));
        return new LeakReport(
                values.size(),
                values.sources().size(),
                tables,
                rows,
                texts,
                Duration.ofNanos(System.nanoTime() - begun).toMillis(),
                unchecked,
                found);
    }

    /** @return whether the whole table was searched */
    private boolean search(TableName table, List<String> columns) throws SQLException {
        stopped.run();
        boolean[] plain = new boolean[columns.size()];
        String[] names = new String[columns.size()];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = kept.test(table, columns.get(i));
            names[i] = table + "." + columns.get(i);
        }
        String select =
                "COPY (SELECT " + columns.stream().map(Identifiers::quoted).collect(Collectors.joining(", "))
                        + " FROM ONLY " + table.quoted() + ") TO STDOUT";
        CopyOut copy = staging.unwrap(PGConnection.class).getCopyAPI().copyOut(select);
        long seen = 0;
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
            int from = 0;
            for (int i = 0; i < names.length; i++) {
                int end = from;
                while (row[end] != '\t' && row[end] != '\n') {
                    end++;
                }
                look(row, from, end - from, true, plain[i], names[i]);
                from = end + 1;
            }
            if (++seen % ROWS_BETWEEN_LOOKS == 0) {
                stopped.run();
                if (System.nanoTime() > until) {
                    copy.cancelCopy();
                    rows += seen;
                    return false;
                }
            }
        }
        rows += seen;
        tables++;
        return true;
    }

    private void look(byte[] text, int offset, int length, boolean escaped, boolean plain, String where) {
        windows.read(
                text,
                offset,
                length,
                escaped,
                (window, words, bytes, whole) -> values.look(
                        window, plain, source -> hits.computeIfAbsent(source.name(), unused -> new TreeMap<>())
                                .merge(where, 1L, Long::sum)));
    }
}
