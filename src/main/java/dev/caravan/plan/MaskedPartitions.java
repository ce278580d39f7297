package dev.caravan.plan;

import dev.caravan.schema.Column;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds partitions whose rows a masked key may move. */
final class MaskedPartitions {
    private final Map<TableName, Table> tables = new HashMap<>();
    private final Set<ColumnName> masked;
    private final Set<TableName> throughRoot = new TreeSet<>();
    private final Map<TableName, String> keys = new TreeMap<>();

    MaskedPartitions(List<Table> all, Set<ColumnName> masked) {
        this.masked = masked;
        all.forEach(table -> tables.put(table.name(), table));
        all.stream()
                .filter(table ->
                        table.kind() == Table.Kind.PLAIN && table.partitionOf().isPresent())
                .forEach(this::find);
    }

    private void find(Table leaf) {
        Optional<TableName> above = leaf.partitionOf();
        while (above.isPresent() && tables.containsKey(above.get())) {
            Table whole = tables.get(above.get());
            for (Column column : whole.columns()) {
                if (column.facts().partitionKey() && masked.contains(new ColumnName(leaf.name(), column.name()))) {
                    throughRoot.add(leaf.name());
                    keys.put(whole.name(), column.name());
                }
            }
            above = whole.partitionOf();
        }
    }

    Set<TableName> throughRoot() {
        return throughRoot;
    }

    List<String> warnings() {
        return keys.entrySet().stream()
                .map(one -> "Table " + one.getKey() + " is partitioned by the masked column " + one.getValue()
                        + ": its rows are routed anew, and the load fails if no partition takes a masked value.")
                .toList();
    }
}
