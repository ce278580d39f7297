package dev.caravan.detect;

import dev.caravan.job.PiiScan;
import dev.caravan.job.PiiScanStore;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.schema.Wildcard;
import dev.caravan.source.SourceJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes the samples of a search within its time, and tells how far it is. Not thread-safe. */
final class Sampling {
    private static final Duration LONGEST_TABLE = Duration.ofSeconds(5);
    private static final int MOST_PARTITIONS = 5;
    private static final int LEAST_ROWS = 10;

    private final PiiScan scan;
    private final SourceJob source;
    private final Catalog catalog;
    private final PiiScanStore store;
    private final Clock clock;
    private final Instant began;
    private final Instant deadline;
    private final Map<TableName, Table> tables = new HashMap<>();
    private final List<String> unread = new ArrayList<>();
    private long rows;

    Sampling(PiiScan scan, SourceJob source, Catalog catalog, PiiScanStore store, Instant began, Clock clock) {
        this.scan = scan;
        this.source = source;
        this.catalog = catalog;
        this.store = store;
        this.clock = clock;
        this.began = began;
        this.deadline = began.plusSeconds(scan.request().maxSeconds());
        catalog.tables().forEach(table -> tables.put(table.name(), table));
    }

    /**
     * By table, in the order of their names; a partitioned one has what its partitions hold.
     *
     * @throws CaravanException {@code not-found} when no table has a name that was asked for, and when the search must be given up
     */
    Map<Table, List<ColumnSample>> take() {
        Map<Table, List<Table>> wanted = wanted();
        Map<Table, List<ColumnSample>> samples = new LinkedHashMap<>();
        Instant told = began;
        int done = 0;
        store.progress(scan.id(), wanted.size(), 0);
        for (Map.Entry<Table, List<Table>> entry : wanted.entrySet()) {
            samples.put(entry.getKey(), sampled(entry.getKey(), entry.getValue()));
            done++;
            Instant now = clock.instant();
            if (now.isAfter(told.plusSeconds(1))) {
                told = now;
                store.progress(scan.id(), wanted.size(), done);
                source.reasonToYield().ifPresent(reason -> {
                    throw reason;
                });
            }
        }
        store.progress(scan.id(), wanted.size(), done);
        return samples;
    }

    /** The tables to look at, each with those that hold its rows: itself, or its partitions. */
    private Map<Table, List<Table>> wanted() {
        Map<Table, List<Table>> wanted = new TreeMap<>(Comparator.comparing(Table::name));
        for (Table table : catalog.tables()) {
            Table root = root(table);
            if (matches(root.name())) {
                List<Table> holders = wanted.computeIfAbsent(root, unused -> new ArrayList<>());
                if (table.kind() == Table.Kind.PLAIN) {
                    holders.add(table);
                }
            }
        }
        if (wanted.isEmpty() && !scan.request().tables().isEmpty()) {
            throw CaravanException.of(
                    ErrorCode.NOT_FOUND,
                    "No table of the source has a name that was asked for.",
                    "Name schema and table, with * for any letters, as in public.*.");
        }
        return wanted;
    }

    private Table root(Table table) {
        Table top = table;
        while (top.partitionOf().isPresent()
                && tables.containsKey(top.partitionOf().get())) {
            top = tables.get(top.partitionOf().get());
        }
        return top;
    }

    private boolean matches(TableName name) {
        List<String> patterns = scan.request().tables();
        return patterns.isEmpty()
                || patterns.stream().anyMatch(pattern -> Wildcard.matches(pattern, name.schema() + "." + name.name()));
    }

    private List<ColumnSample> sampled(Table root, List<Table> holders) {
        List<Column> columns = root.copiedColumns();
        List<ColumnSample> samples = columns.stream()
                .map(column -> new ColumnSample(root.name().name(), column))
                .toList();
        List<Table> largest = holders.stream()
                .sorted(Comparator.comparingLong(Table::bytes).reversed())
                .limit(MOST_PARTITIONS)
                .toList();
        for (Table holder : columns.isEmpty() ? List.<Table>of() : largest) {
            Duration left = Duration.between(clock.instant(), deadline);
            if (left.isNegative() || left.isZero()) {
                unread.add(root.name() + ": the search's time was up; only names were judged");
                return samples;
            }
            int rowsEach = Math.max(LEAST_ROWS, scan.request().sampleRows() / largest.size());
            try {
                rows += source.sample(
                        holder, columns, rowsEach, left.compareTo(LONGEST_TABLE) < 0 ? left : LONGEST_TABLE, values -> {
                            for (int i = 0; i < values.length; i++) {
                                samples.get(i).add(values[i]);
                            }
                        });
            } catch (CaravanException e) {
                if (e.code() == ErrorCode.CONNECTION_UNREACHABLE || e.code() == ErrorCode.SNAPSHOT_LOST) {
                    throw e;
                }
                unread.add(holder.name() + ": " + e.getMessage());
            }
        }
        return samples;
    }

    /** How many rows were looked at. */
    long rows() {
        return rows;
    }

    /** What was not looked at, and why. */
    List<String> unread() {
        return unread;
    }
}
