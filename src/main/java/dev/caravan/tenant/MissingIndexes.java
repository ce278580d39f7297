package dev.caravan.tenant;

import dev.caravan.schema.Catalog;
import dev.caravan.schema.Index;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds large tables of which all must be read, since no index begins with the columns by which their rows are chosen. */
final class MissingIndexes {
    /** Below this size reading all of a table is quick. */
    private static final long LARGE_BYTES = 64L << 20;

    private MissingIndexes() {}

    /** A sentence for each table that lacks one. */
    static List<String> warnings(Catalog catalog, Map<TableName, TableScope> scopes) {
        Map<TableName, List<Index>> indexes = catalog.indexes().stream().collect(Collectors.groupingBy(Index::table));
        Map<TableName, Set<String>> missing = new TreeMap<>();
        for (Table table : catalog.tables()) {
            TableScope scope = scopes.get(table.name());
            if (scope == null || !scope.belongs() || table.bytes() < LARGE_BYTES) {
                continue;
            }
            List<List<String>> wanted = new ArrayList<>();
            scope.columns().forEach(column -> wanted.add(List.of(column)));
            scope.paths().forEach(path -> wanted.add(path.columns()));
            for (List<String> columns : wanted) {
                if (indexes.getOrDefault(table.name(), List.of()).stream()
                        .noneMatch(index -> beginsWith(index, columns))) {
                    missing.computeIfAbsent(table.name(), unused -> new TreeSet<>())
                            .add(String.join(", ", columns));
                }
            }
        }
        return missing.entrySet().stream()
                .map(one -> "All of " + one.getKey() + " is read, since no index on it begins with "
                        + String.join(" or with ", one.getValue()) + ".")
                .toList();
    }

    private static boolean beginsWith(Index index, List<String> columns) {
        List<String> keys = index.demands().columns();
        return !index.demands().expressions()
                && index.demands().predicate().isEmpty()
                && keys.size() >= columns.size()
                && Set.copyOf(keys.subList(0, columns.size())).equals(Set.copyOf(columns));
    }
}
