package dev.caravan.plan;

import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.ValueKind;
import dev.caravan.plan.CheckJudge.Verdict;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Proves that the target can compute generated columns from masked inputs. */
final class GeneratedProof {
    private final Map<TableName, Table> tables = new TreeMap<>();

    GeneratedProof(Catalog catalog) {
        catalog.tables().forEach(table -> tables.put(table.name(), table));
    }

    /** @param masks the masked columns; what is missing is kept */
    void prove(Map<ColumnName, ColumnMask> masks, Findings findings, Questions questions) {
        AskedChecks asked = new AskedChecks(questions);
        Set<List<Object>> proved = new HashSet<>();
        for (Table table : tables.values()) {
            Map<String, ColumnMask> masked = new HashMap<>();
            table.columns()
                    .forEach(column -> Optional.ofNullable(masks.get(new ColumnName(table.name(), column.name())))
                            .ifPresent(mask -> masked.put(column.name(), mask)));
            for (Column column : table.columns()) {
                boolean touched = column.facts().inputs().stream().anyMatch(masked::containsKey);
                // Partitions that compute alike are one.
                if (touched && proved.add(List.of(root(table.name()), column.name(), column.facts(), masked))) {
                    prove(table, column, masked, asked, findings);
                }
            }
        }
    }

    private void prove(
            Table table, Column column, Map<String, ColumnMask> masked, AskedChecks asked, Findings findings) {
        if (holds(column, masked)) {
            return;
        }
        List<Column> read = new ArrayList<>();
        table.columns().stream()
                .filter(one -> column.facts().inputs().contains(one.name()))
                .forEach(read::add);
        read.add(column);
        String there = column.refusesNull() ? "(" + Identifiers.quoted(column.name()) + " IS NOT NULL)" : "";
        String input = column.facts().inputs().stream()
                .filter(masked::containsKey)
                .findFirst()
                .orElseThrow();
        ColumnName named = new ColumnName(table.name(), input);
        asked.condition(table.name(), read, masked, there, verdict -> {
            if (verdict == Verdict.VIOLATED) {
                findings.refuse(
                        ErrorCode.MASK_REFUSED,
                        named,
                        "The generated column " + column.name() + " cannot be computed from masked values of " + named
                                + ", or is not to be NULL and would be.",
                        "Choose a masker whose values it takes, or keep the column with a reason.");
            } else if (verdict == Verdict.UNKNOWN) {
                findings.unproven(
                        ErrorCode.MASK_REFUSED,
                        named,
                        "The generated column " + column.name() + " is computed from the masked column " + named
                                + ": the load fails where that cannot be done with a masked value.",
                        "Keep the column with a reason, or give it a masker with written values.");
            }
        });
    }

    /** Whether it can be computed from anything. */
    private static boolean holds(Column column, Map<String, ColumnMask> masked) {
        String expression = column.facts().expression().orElse("");
        List<ColumnMask> inputs = column.facts().inputs().stream()
                .filter(masked::containsKey)
                .map(masked::get)
                .toList();
        boolean staysThere = TotalExpression.strict(expression)
                && inputs.stream()
                        .allMatch(mask -> mask.rules().stream()
                                        .noneMatch(rule -> rule.masker().equals("null"))
                                && ValueKind.of(mask.type()) != ValueKind.JSON);
        boolean there = !column.refusesNull() || staysThere || TotalExpression.neverNull(expression);
        return !expression.isEmpty()
                && there
                && column.type().kind() != ColumnType.Kind.DOMAIN
                && TotalExpression.is(expression, column.facts().inputs())
                && fits(column, expression, inputs);
    }

    /** Whether nothing that is computed is too long. */
    private static boolean fits(Column column, String expression, List<ColumnMask> inputs) {
        OptionalInt most = column.facts().maxLength();
        if (most.isEmpty()) {
            // Other types with a modifier round, cut or overflow.
            return column.facts().declared().indexOf('(') < 0;
        }
        return new KeyTerm(CheckText.withoutLiterals(expression), "").bare().isPresent()
                && inputs.stream()
                        .allMatch(mask ->
                                mask.maxLength().isPresent() && mask.maxLength().getAsInt() <= most.getAsInt());
    }

    private TableName root(TableName table) {
        TableName top = table;
        while (tables.containsKey(top) && tables.get(top).partitionOf().isPresent()) {
            top = tables.get(top).partitionOf().get();
        }
        return top;
    }
}
