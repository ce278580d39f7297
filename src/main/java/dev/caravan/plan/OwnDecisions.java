package dev.caravan.plan;

import dev.caravan.mask.ColumnDecision;
import dev.caravan.mask.ColumnPattern;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.schema.Column;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the policy itself says of each column, before keys have their say. A partition has what its table has, unless it is named. */
final class OwnDecisions {
    private final MaskPolicy policy;
    private final Map<TableName, Table> tables = new HashMap<>();
    private final Map<TableName, List<Table>> partitions = new HashMap<>();
    private final Set<String> exact = new HashSet<>();

    OwnDecisions(List<Table> all, MaskPolicy policy) {
        this.policy = policy;
        policy.entries().stream()
                .map(MaskPolicy.Entry::pattern)
                .filter(ColumnPattern::exact)
                .forEach(pattern -> exact.add(pattern.toString()));
        for (Table table : all) {
            tables.put(table.name(), table);
            table.partitionOf().ifPresent(whole -> partitions
                    .computeIfAbsent(whole, unused -> new ArrayList<>())
                    .add(table));
        }
    }

    /** Empty when nothing decides on it. */
    Optional<ColumnDecision> of(ColumnName name, Column column) {
        if (exactly(name)) {
            return policy.decide(name.table(), column);
        }
        TableName root = root(name.table());
        Optional<ColumnDecision> decided = policy.decide(root, column);
        if (decided.isEmpty() && !root.equals(name.table())) {
            decided = policy.decide(name.table(), column);
        }
        return decided.or(() -> ofPartitions(name.table(), column));
    }

    /** A partitioned table has no rows itself: what its partitions have counts for it. */
    private Optional<ColumnDecision> ofPartitions(TableName table, Column column) {
        for (Table partition : partitions.getOrDefault(table, List.of())) {
            Optional<ColumnDecision> decided =
                    policy.decide(partition.name(), column).or(() -> ofPartitions(partition.name(), column));
            if (decided.isPresent()) {
                return decided;
            }
        }
        return Optional.empty();
    }

    /** Whether an entry names the column or its pattern, and not only its type or schema: such a decision may not be overruled. */
    boolean deliberate(ColumnName name) {
        TableName root = root(name.table());
        return policy.entries().stream()
                .anyMatch(entry -> entry.pattern().matches(name.table(), name.column())
                        || entry.pattern().matches(root, name.column()));
    }

    private boolean exactly(ColumnName name) {
        return exact.contains(
                new ColumnPattern(name.table().schema(), name.table().name(), name.column()).toString());
    }

    /** The partitioned table at the top, or the table itself. */
    TableName root(TableName table) {
        TableName top = table;
        while (tables.containsKey(top) && tables.get(top).partitionOf().isPresent()) {
            top = tables.get(top).partitionOf().get();
        }
        return top;
    }
}
