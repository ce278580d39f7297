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

/** Proves that what unique indexes and exclusion constraints keep apart stays apart. */
final class UniqueColumns {
    private static final int SUGGESTED = 3;
    private static final String NULL = "null";

    /** What a mask that keeps different values different leaves as true or false as it was. */
    private static final Set<String> EQUALITIES = Set.of("=", "<>");

    private final Maskers maskers;
    private final Map<ColumnName, Column> all = new HashMap<>();
    private final Map<TableName, List<Index>> byTable = new LinkedHashMap<>();
    private final Set<ColumnName> mentioned = new HashSet<>();
    private final IndexTerms indexes = new IndexTerms(all);

    UniqueColumns(Catalog catalog, Maskers maskers) {
        this.maskers = maskers;
        for (Table table : catalog.tables()) {
            table.columns().forEach(column -> all.put(new ColumnName(table.name(), column.name()), column));
        }
        List<Index> every = new ArrayList<>(catalog.indexes());
        every.addAll(catalog.extensionKeys().indexes());
        for (Index index : every) {
            if (index.demands().unique()) {
                byTable.computeIfAbsent(index.table(), unused -> new ArrayList<>())
                        .add(index);
                mentioned.addAll(indexes.keys(index));
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
            List<ColumnName> masked = indexes.keys(index).stream()
                    .filter(column -> decisions.containsKey(column)
                            && !decisions.get(column).keeps())
                    .toList();
            if (emptied(index, masked, decisions, findings)) {
                return;
            }
            int columns = index.demands().columns().size();
            if (!masked.isEmpty() && !covered(index, columns - 1, decisions)) {
                masked.forEach(column -> needs.putIfAbsent(column, index));
                expression(index, masked, decisions, findings);
            }
            if (!covered(index, columns, decisions)) {
                predicate(index, decisions, findings);
            }
        });
        return needs;
    }

    /** What differs may be equal in an expression's eyes. */
    private void expression(
            Index index, List<ColumnName> masked, Map<ColumnName, ColumnDecision> decisions, Findings findings) {
        boolean excludes = IndexTerms.excludes(index);
        for (KeyTerm term : indexes.terms(index)) {
            for (ColumnName column : masked) {
                ColumnDecision decision = decisions.get(column);
                // What makes values equal is refused for that.
                if (!term.mentions(column.column()) || !fault(decision).isEmpty()) {
                    continue;
                }
                boolean apart = term.bare()
                        .filter(bare -> bare.is(column.column())
                                && bare.keepsApart(decision.rules().get(0)))
                        .isPresent();
                if (!apart || excludes && !EQUALITIES.contains(term.operator())) {
                    findings.unproven(
                            ErrorCode.MASK_NOT_UNIQUE,
                            column,
                            "Index " + index.name()
                                    + (apart ? " excludes rows by the order or the extent" : " is on an expression")
                                    + " of the masked column " + column
                                    + ": it cannot be made where that gives different masked values the same.",
                            "Keep the column with a reason.");
                    return;
                }
            }
        }
    }

    /** NULLs are distinct, so that a key with an emptied column is never equal to another, as long as no expression turns NULL into a value. */
    private boolean emptied(
            Index index, List<ColumnName> masked, Map<ColumnName, ColumnDecision> decisions, Findings findings) {
        List<ColumnName> empty = masked.stream()
                .filter(column -> decisions.get(column).rules().stream()
                        .allMatch(rule -> rule.masker().equals(NULL)))
                .toList();
        if (index.demands().nullsNotDistinct() || empty.isEmpty()) {
            return false;
        }
        boolean distinct = indexes.terms(index).stream()
                .flatMap(term -> term.bare().stream())
                .anyMatch(bare -> bare.givesNull() && empty.stream().anyMatch(column -> bare.is(column.column())));
        if (!distinct) {
            findings.unproven(
                    ErrorCode.MASK_NOT_UNIQUE,
                    empty.get(0),
                    "Index " + index.name() + " is on an expression of the emptied column " + empty.get(0)
                            + ": it cannot be made where the expression turns NULL into a value.",
                    "Give the column a masker that keeps different values different, or keep it with a reason.");
        }
        return true;
    }

    /** Whether at most so many of its columns are unique by themselves, in all rows, and stay so. */
    private boolean covered(Index index, int most, Map<ColumnName, ColumnDecision> decisions) {
        if (index.demands().expressions() || IndexTerms.excludes(index)) {
            return false;
        }
        return byTable.get(index.table()).stream()
                .filter(other -> !IndexTerms.excludes(other)
                        && !other.demands().expressions()
                        && other.demands().predicate().isEmpty()
                        && other != index
                        && other.demands().columns().size() <= most
                        && index.demands().columns().containsAll(other.demands().columns()))
                .anyMatch(other -> other.demands().columns().stream()
                        .map(name -> new ColumnName(index.table(), name))
                        .allMatch(column -> all.containsKey(column)
                                && all.get(column).refusesNull()
                                && !all.get(column).generated()
                                && decisions.containsKey(column)
                                && fault(decisions.get(column)).isEmpty()));
    }

    /** Rows that a masked column brings into a partial index may be equal there, unless they are equal nowhere. */
    private void predicate(Index index, Map<ColumnName, ColumnDecision> decisions, Findings findings) {
        List<CheckText> conditions =
                CheckText.conditions(index.demands().predicate().orElse(""));
        for (String name : IndexTerms.readByPredicate(index)) {
            ColumnName column = new ColumnName(index.table(), name);
            ColumnDecision decision = decisions.get(column);
            if (decision == null || decision.keeps()) {
                continue;
            }
            boolean staysNull = decision.rules().stream()
                    .noneMatch(rule -> rule.maskNull() || rule.masker().equals(NULL));
            boolean onlyOfNull = conditions.stream()
                    .filter(condition -> condition.mentions(name))
                    .allMatch(condition -> condition.about(name).matches("@ IS (NOT )?NULL"));
            if (!onlyOfNull || !staysNull) {
                findings.unproven(
                        ErrorCode.MASK_NOT_UNIQUE,
                        column,
                        "Index " + index.name() + " has the masked column " + name
                                + " in its WHERE: it cannot be made where rows that it kept out come in and are equal.",
                        "Keep the column with a reason.");
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
}
