package dev.caravan.plan;

import dev.caravan.mask.ColumnMask;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Partitioning;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds partitions whose rows a masked key may move, and proves that there is a partition for whatever they become. */
final class MaskedPartitions {
    private static final String HINT =
            "Keep the column with a reason, give it a masker with written values that a partition takes,"
                    + " or add a default partition.";

    private final Map<TableName, Table> tables = new HashMap<>();
    private final Map<TableName, Partitioning> partitionings = new HashMap<>();
    private final Map<ColumnName, ColumnMask> masks;
    private final Set<TableName> throughRoot = new TreeSet<>();
    /** By partitioned table: the partitions with rows that come to it, each with its masks of the key's columns. */
    private final Map<TableName, Map<TableName, Map<String, ColumnMask>>> keys = new TreeMap<>();

    /** @param masks the masked columns; what is missing is kept */
    MaskedPartitions(Catalog catalog, Map<ColumnName, ColumnMask> masks) {
        this.masks = masks;
        catalog.tables().forEach(table -> tables.put(table.name(), table));
        catalog.partitionings().forEach(one -> partitionings.put(one.table(), one));
        catalog.tables().stream()
                .filter(table ->
                        table.kind() == Table.Kind.PLAIN && table.partitionOf().isPresent())
                .forEach(this::find);
    }

    private void find(Table leaf) {
        Optional<TableName> above = leaf.partitionOf();
        while (above.isPresent() && tables.containsKey(above.get())) {
            Table whole = tables.get(above.get());
            Map<String, ColumnMask> masked = new LinkedHashMap<>();
            for (Column column : key(whole)) {
                Optional.ofNullable(masks.get(new ColumnName(leaf.name(), column.name())))
                        .ifPresent(mask -> masked.put(column.name(), mask));
            }
            if (!masked.isEmpty()) {
                throughRoot.add(leaf.name());
                keys.computeIfAbsent(whole.name(), unused -> new TreeMap<>()).put(leaf.name(), masked);
            }
            above = whole.partitionOf();
        }
    }

    private static List<Column> key(Table whole) {
        return whole.columns().stream()
                .filter(column -> column.facts().partitionKey())
                .toList();
    }

    Set<TableName> throughRoot() {
        return throughRoot;
    }

    /** @param withoutRows tables of which no row goes anywhere */
    void prove(Set<TableName> withoutRows, Findings findings, Questions questions) {
        keys.forEach((whole, leaves) -> {
            boolean takesAll = Optional.ofNullable(partitionings.get(whole))
                    .filter(Partitioning::takesAll)
                    .isPresent();
            Set<Map<String, ColumnMask>> different = new HashSet<>();
            leaves.forEach((leaf, masked) -> {
                if (!withoutRows.contains(leaf) && !takesAll && different.add(masked)) {
                    prove(tables.get(whole), masked, findings, questions);
                }
            });
        });
    }

    private void prove(Table whole, Map<String, ColumnMask> masked, Findings findings, Questions questions) {
        ColumnName named =
                new ColumnName(whole.name(), masked.keySet().iterator().next());
        List<String> conditions = conditions(whole);
        List<List<Question.Value>> rows = rows(key(whole), masked);
        if (rows.isEmpty() || !conditions.stream().allMatch(one -> Evaluable.expression(one, whole.columns()))) {
            unproven(named, findings);
            return;
        }
        // A condition that is NULL is not false.
        String taken =
                conditions.stream().map(one -> "((" + one + ") IS NOT FALSE)").collect(Collectors.joining(" OR "));
        List<Question> asked = rows.stream()
                .map(row -> new Question(whole.name(), row, List.of(), taken.isEmpty() ? "false" : taken))
                .toList();
        boolean always = masked.values().stream().allMatch(mask -> mask.rules().size() == 1);
        questions.ask(asked, answers -> {
            if (answers.contains(Answer.VIOLATED) && always) {
                findings.refuse(
                        ErrorCode.MASK_REFUSED,
                        named,
                        "Table " + whole.name() + " is partitioned by the masked column " + named.column()
                                + ", and none of its partitions takes a masked value.",
                        HINT);
            } else if (answers.stream().anyMatch(answer -> answer != Answer.TAKEN)) {
                unproven(named, findings);
            }
        });
    }

    private static void unproven(ColumnName key, Findings findings) {
        findings.unproven(
                ErrorCode.MASK_REFUSED,
                key,
                "Table " + key.table() + " is partitioned by the masked column " + key.column()
                        + ": its rows are routed anew, and the load fails if no partition takes a masked value.",
                HINT);
    }

    /** What masks make of the key; empty when that is no short list. A value of a key of one column that is left as it is has its partition already. */
    private static List<List<Question.Value>> rows(List<Column> key, Map<String, ColumnMask> masked) {
        if (key.size() == 1) {
            Column column = key.get(0);
            return WrittenRow.cells(column, masked.get(column.name())).stream()
                    .filter(WrittenRow.Cell::certain)
                    .map(cell -> List.of(cell.value()))
                    .toList();
        }
        // NULL in a key of several columns is taken by a default partition alone, and there is none.
        return WrittenRow.all(key, masked).stream()
                .filter(WrittenRow::certain)
                .map(WrittenRow::values)
                .toList();
    }

    /** What each partition demands of the table's own key, without what partitions above demand of theirs. */
    private List<String> conditions(Table whole) {
        Partitioning partitioning = partitionings.get(whole.name());
        if (partitioning == null) {
            return List.of();
        }
        List<String> above = whole.partitionOf()
                .flatMap(parent -> Optional.ofNullable(partitionings.get(parent)))
                .map(parent -> CheckText.conjuncts(parent.constraints().getOrDefault(whole.name(), "")))
                .orElse(List.of());
        List<String> own = new ArrayList<>();
        for (String constraint : partitioning.constraints().values()) {
            List<String> all = CheckText.conjuncts(constraint);
            boolean begins =
                    all.size() > above.size() && all.subList(0, above.size()).equals(above);
            List<String> rest = begins ? all.subList(above.size(), all.size()) : all;
            own.add(rest.isEmpty() ? "true" : "(" + String.join(") AND (", rest) + ")");
        }
        return own;
    }
}
