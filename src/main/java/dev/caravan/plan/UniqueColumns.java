package dev.caravan.plan;

import dev.caravan.mask.ColumnDecision;
import dev.caravan.mask.MaskRule;
import dev.caravan.mask.Masker;
import dev.caravan.mask.Maskers;
import dev.caravan.mask.Settings;
import dev.caravan.mask.ValueKind;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Index;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Proves that what unique indexes and exclusion constraints keep apart stays apart. */
final class UniqueColumns {
    private static final int SUGGESTED = 3;
    private static final String NULL = "null";
    private static final Pattern CASE_ONLY = Pattern.compile(
            "USING \\w+ \\((?:lower|upper)\\(+(?:\\w+|\"[^\"]+\")\\)*(?:::\\w+)?\\)+(?: NULLS NOT DISTINCT| WHERE .*)?$");

    private final Maskers maskers;
    private final Map<ColumnName, Column> all = new HashMap<>();
    private final Map<TableName, List<Index>> byTable = new LinkedHashMap<>();
    private final Set<ColumnName> mentioned = new HashSet<>();

    UniqueColumns(Catalog catalog, Maskers maskers) {
        this.maskers = maskers;
        for (Table table : catalog.tables()) {
            table.columns().forEach(column -> all.put(new ColumnName(table.name(), column.name()), column));
        }
        List<Index> indexes = new ArrayList<>(catalog.indexes());
        indexes.addAll(catalog.extensionKeys().indexes());
        for (Index index : indexes) {
            if (index.demands().unique()) {
                byTable.computeIfAbsent(index.table(), unused -> new ArrayList<>())
                        .add(index);
                mentioned.addAll(keys(index));
            }
        }
    }

    /** Whether any unique index has a key with that column in it. */
    boolean mentions(ColumnName column) {
        return mentioned.contains(column);
    }

    /** The columns whose different values must stay different, each with an index that demands it. */
    Map<ColumnName, Index> needs(Map<ColumnName, ColumnDecision> decisions, Findings findings) {
        Map<ColumnName, Index> needs = new HashMap<>();
        byTable.values().stream().flatMap(List::stream).forEach(index -> {
            List<ColumnName> masked = keys(index).stream()
                    .filter(column -> decisions.containsKey(column)
                            && !decisions.get(column).keeps())
                    .toList();
            if (!masked.isEmpty() && !emptied(index, masked, decisions, findings) && !covered(index, decisions)) {
                masked.forEach(column -> needs.putIfAbsent(column, index));
                expression(index, masked.get(0), findings);
            }
            predicate(index, decisions, findings);
        });
        return needs;
    }

    /** What differs may be equal in an expression's eyes; lower and upper case of what maskers make differ as well. */
    private void expression(Index index, ColumnName masked, Findings findings) {
        boolean computed = index.demands().columns().stream()
                .map(name -> all.get(new ColumnName(index.table(), name)))
                .anyMatch(column -> column != null && column.generated());
        if (computed
                || index.demands().expressions()
                        && !CASE_ONLY.matcher(index.definition()).find()) {
            findings.warn("Index " + index.name() + " is on an expression of the masked column " + masked
                    + ": it cannot be made where that gives different masked values the same.");
        }
    }

    /** NULLs are distinct, so that a key with an emptied column is never equal to another. */
    private boolean emptied(
            Index index, List<ColumnName> masked, Map<ColumnName, ColumnDecision> decisions, Findings findings) {
        if (index.demands().nullsNotDistinct()
                || masked.stream().noneMatch(column -> decisions.get(column).rules().stream()
                        .allMatch(rule -> rule.masker().equals(NULL)))) {
            return false;
        }
        if (index.demands().expressions()) {
            findings.warn("Index " + index.name()
                    + " is on an expression of an emptied column: it cannot be made where the expression turns NULL"
                    + " into a value.");
        }
        return true;
    }

    /** Whether some of its columns are unique by themselves, and stay so. */
    private boolean covered(Index index, Map<ColumnName, ColumnDecision> decisions) {
        if (index.demands().expressions() || exclusion(index)) {
            return false;
        }
        return byTable.get(index.table()).stream()
                .filter(other -> !exclusion(other)
                        && !other.demands().expressions()
                        && other.demands().predicate().isEmpty()
                        && other.demands().columns().size()
                                < index.demands().columns().size()
                        && index.demands().columns().containsAll(other.demands().columns()))
                .anyMatch(other -> other.demands().columns().stream()
                        .map(name -> new ColumnName(index.table(), name))
                        .allMatch(column -> all.containsKey(column)
                                && all.get(column).refusesNull()
                                && !all.get(column).generated()
                                && decisions.containsKey(column)
                                && fault(decisions.get(column)).isEmpty()));
    }

    private static boolean exclusion(Index index) {
        return index.constraint()
                .filter(one -> one.kind() == Index.Constraint.Kind.EXCLUSION)
                .isPresent();
    }

    /** Rows that a masked column brings into a partial index may be equal there. */
    private void predicate(Index index, Map<ColumnName, ColumnDecision> decisions, Findings findings) {
        String predicate = index.demands().predicate().orElse("");
        boolean onlyOfNull = predicate.matches("\\(?(\\w+|\"[^\"]+\") IS (NOT )?NULL\\)?");
        for (String name : index.demands().predicateColumns()) {
            ColumnDecision decision = decisions.get(new ColumnName(index.table(), name));
            boolean staysNull = decision != null
                    && decision.rules().stream()
                            .noneMatch(rule -> rule.maskNull() || rule.masker().equals(NULL));
            if (decision != null && !decision.keeps() && !(onlyOfNull && staysNull)) {
                findings.warn("Index " + index.name() + " has the masked column " + name
                        + " in its WHERE: it cannot be made where rows that it kept out come in and are equal.");
            }
        }
    }

    /** Refuses a decision under which values may become equal. */
    void prove(ColumnName column, Index index, ColumnDecision decision, Findings findings) {
        String fault = fault(decision);
        if (!fault.isEmpty()) {
            findings.refuse(
                    ErrorCode.MASK_NOT_UNIQUE,
                    column,
                    column + " is in the unique index " + index.name().name() + ", and " + fault + ".",
                    suggestion(ValueKind.of(all.get(column).type())));
        }
    }

    private String fault(ColumnDecision decision) {
        if (decision.rules().size() > 1) {
            return "its mask depends on a condition";
        }
        MaskRule rule = decision.rules().get(0);
        return maskers.find(rule.masker())
                .filter(masker -> !masker.uniqueness(rule.settings()).kept())
                .map(masker -> "masker " + masker.name() + " may make different values equal")
                .orElse("");
    }

    private String suggestion(ValueKind kind) {
        List<String> fit = maskers.all().stream()
                .filter(masker -> masker.accepts().contains(kind) && keptByExample(masker))
                .map(Masker::name)
                .toList();
        List<String> masking = fit.stream().filter(name -> !name.equals("keep")).toList();
        List<String> shown = masking.isEmpty() ? fit : masking;
        return "Use one that keeps different values different, without a condition: "
                + String.join(", ", shown.subList(0, Math.min(SUGGESTED, shown.size()))) + ".";
    }

    private static boolean keptByExample(Masker masker) {
        List<String> faults = new ArrayList<>();
        Settings plain = Settings.check(masker, Map.of(), faults);
        return masker.uniqueness(
                        faults.isEmpty()
                                ? plain
                                : Settings.check(masker, masker.example().parameters(), faults))
                .kept();
    }

    /** The copied columns that the index's keys are made of; a generated column stands for those that it is computed from. */
    private Set<ColumnName> keys(Index index) {
        Set<ColumnName> keys = new TreeSet<>();
        for (String name : index.demands().columns()) {
            ColumnName column = new ColumnName(index.table(), name);
            if (all.containsKey(column) && all.get(column).generated()) {
                all.get(column).facts().inputs().forEach(input -> keys.add(new ColumnName(index.table(), input)));
            } else {
                keys.add(column);
            }
        }
        return keys;
    }
}
