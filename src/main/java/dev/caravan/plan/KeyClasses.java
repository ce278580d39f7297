package dev.caravan.plan;

import dev.caravan.mask.VirtualKey;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sorts columns into classes whose values must stay equal where they are: by keys, pair by pair, and a partition with its table. */
final class KeyClasses {
    private final Map<ColumnName, ColumnName> parent = new HashMap<>();
    private final Set<ColumnName> referencing = new HashSet<>();
    private final Set<ColumnName> keyed = new HashSet<>();

    /**
     * Columns that are masked alike.
     *
     * @param members all of them, by name
     * @param roots those that reference nothing, and are no partition's; in a cycle all members
     * @param keyed whether a key connects them, and not only a partitioned table
     */
    record KeyClass(List<ColumnName> members, List<ColumnName> roots, boolean keyed) {}

    private KeyClasses(Collection<ColumnName> columns) {
        columns.forEach(column -> parent.put(column, column));
    }

    /** @param columns every copied column; what a key says of another is left out */
    static List<KeyClass> of(Catalog catalog, List<VirtualKey> virtualKeys, Map<ColumnName, Column> columns) {
        KeyClasses classes = new KeyClasses(columns.keySet());
        for (Table table : catalog.tables()) {
            table.partitionOf().ifPresent(whole -> classes.inherit(table, whole));
        }
        List<ForeignKey> keys = new ArrayList<>(catalog.foreignKeys());
        keys.addAll(catalog.extensionKeys().foreignKeys());
        for (ForeignKey key : keys) {
            classes.pair(key.table(), key.columns(), key.referenced(), key.referencedColumns());
        }
        for (VirtualKey key : virtualKeys) {
            classes.pair(key.table(), key.columns(), key.referenced(), key.referencedColumns());
        }
        return classes.sorted();
    }

    private void inherit(Table partition, TableName whole) {
        for (Column column : partition.copiedColumns()) {
            ColumnName part = new ColumnName(partition.name(), column.name());
            if (union(part, new ColumnName(whole, column.name()))) {
                referencing.add(part);
            }
        }
    }

    private void pair(TableName table, List<String> columns, TableName referenced, List<String> referencedColumns) {
        for (int i = 0; i < columns.size(); i++) {
            ColumnName from = new ColumnName(table, columns.get(i));
            ColumnName to = new ColumnName(referenced, referencedColumns.get(i));
            if (union(from, to)) {
                keyed.add(from);
                if (!from.equals(to)) {
                    referencing.add(from);
                }
            }
        }
    }

    private boolean union(ColumnName one, ColumnName other) {
        if (!parent.containsKey(one) || !parent.containsKey(other)) {
            return false;
        }
        parent.put(top(one), top(other));
        return true;
    }

    private ColumnName top(ColumnName column) {
        ColumnName top = column;
        while (!parent.get(top).equals(top)) {
            parent.put(top, parent.get(parent.get(top)));
            top = parent.get(top);
        }
        return top;
    }

    private List<KeyClass> sorted() {
        Map<ColumnName, TreeSet<ColumnName>> byTop = new HashMap<>();
        Set<ColumnName> keyedTops = new HashSet<>();
        for (ColumnName column : parent.keySet()) {
            ColumnName top = top(column);
            byTop.computeIfAbsent(top, unused -> new TreeSet<>()).add(column);
            if (keyed.contains(column)) {
                keyedTops.add(top);
            }
        }
        Map<ColumnName, KeyClass> classes = new TreeMap<>();
        byTop.forEach((top, members) -> {
            List<ColumnName> all = List.copyOf(members);
            List<ColumnName> roots =
                    all.stream().filter(one -> !referencing.contains(one)).toList();
            classes.put(all.get(0), new KeyClass(all, roots.isEmpty() ? all : roots, keyedTops.contains(top)));
        });
        return new ArrayList<>(classes.values());
    }
}
