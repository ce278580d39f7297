package dev.caravan.plan;

import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.MaskRule;
import dev.caravan.plan.CheckJudge.Verdict;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.CheckConstraint;
import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/** Holds masks against the CHECK constraints of tables and domains: a provable violation is refused, an undecidable one is told. */
final class CheckProof {
    private static final String DOMAINS_VALUE = "VALUE";

    private final Map<ColumnName, Column> columns = new HashMap<>();
    private final Map<ColumnName, List<CheckConstraint>> byColumn = new HashMap<>();
    private final List<CheckConstraint> all;

    CheckProof(Catalog catalog) {
        // Servers from 18 on know checks that nobody enforces.
        this.all = catalog.checks().stream()
                .filter(check -> !check.definition().endsWith(" NOT ENFORCED"))
                .toList();
        catalog.tables().forEach(table -> table.columns()
                .forEach(column -> columns.put(new ColumnName(table.name(), column.name()), column)));
        for (CheckConstraint check : all) {
            check.columns().forEach(name -> byColumn.computeIfAbsent(
                            new ColumnName(check.table(), name), unused -> new ArrayList<>())
                    .add(check));
        }
    }

    /** The most characters that CHECK constraints let a column have. */
    List<Integer> lengths(ColumnName name) {
        List<OptionalInt> limits = new ArrayList<>();
        for (CheckConstraint check : byColumn.getOrDefault(name, List.of())) {
            CheckText.conditions(check.definition())
                    .forEach(condition -> limits.add(CheckJudge.lengthLimit(condition, name.column())));
        }
        for (String check : domainChecks(columns.get(name).type())) {
            CheckText.conditions(check)
                    .forEach(condition -> limits.add(CheckJudge.lengthLimit(condition, DOMAINS_VALUE)));
        }
        return limits.stream()
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .toList();
    }

    /** @param masks the masked columns; what is missing is kept */
    void prove(Map<ColumnName, ColumnMask> masks, Findings findings, Questions questions) {
        AskedChecks asked = new AskedChecks(questions);
        for (CheckConstraint check : all) {
            // It is made after the rows are in, and holds none of them against itself.
            if (check.definition().endsWith(" NOT VALID")) {
                continue;
            }
            Set<String> read = inputs(check);
            List<ColumnName> masked = read.stream()
                    .map(name -> new ColumnName(check.table(), name))
                    .filter(masks::containsKey)
                    .toList();
            if (!masked.isEmpty()) {
                boolean direct = check.columns().containsAll(read);
                Verdict seen = direct ? table(check, masked, masks) : Verdict.UNKNOWN;
                Consumer<Verdict> told =
                        verdict -> tell(verdict, masked.get(0), "CHECK constraint " + check.name(), findings);
                if (seen == Verdict.UNKNOWN) {
                    ask(check, read, masks, asked, told);
                } else {
                    told.accept(seen);
                }
            }
        }
        masks.forEach((name, mask) -> {
            List<String> checks = domainChecks(mask.type());
            if (!checks.isEmpty()) {
                Verdict seen = domain(checks, mask);
                Consumer<Verdict> told = verdict -> tell(verdict, name, "CHECK of its domain", findings);
                // An array of one element says nothing of the arrays that the rows have.
                if (seen == Verdict.UNKNOWN && !holdsArray(mask.type())) {
                    asked.type(name.table(), columns.get(name), mask, told);
                } else {
                    told.accept(seen);
                }
            }
        });
    }

    private void ask(
            CheckConstraint check,
            Set<String> read,
            Map<ColumnName, ColumnMask> masks,
            AskedChecks asked,
            Consumer<Verdict> told) {
        List<Column> all = new ArrayList<>();
        Map<String, ColumnMask> byName = new HashMap<>();
        for (String name : read) {
            ColumnName column = new ColumnName(check.table(), name);
            Optional.ofNullable(columns.get(column)).ifPresent(all::add);
            Optional.ofNullable(masks.get(column)).ifPresent(mask -> byName.put(name, mask));
        }
        asked.condition(check.table(), all, byName, CheckText.expression(check.definition()), told);
    }

    private static Verdict table(CheckConstraint check, List<ColumnName> masked, Map<ColumnName, ColumnMask> masks) {
        List<CheckText> conditions = CheckText.conditions(check.definition());
        // A name that is not found again was not read right, and nothing is known.
        Verdict worst =
                masked.stream().allMatch(name -> conditions.stream().anyMatch(one -> one.mentions(name.column())))
                        ? Verdict.HOLDS
                        : Verdict.UNKNOWN;
        for (CheckText condition : conditions) {
            List<ColumnName> here = masked.stream()
                    .filter(name -> condition.mentions(name.column()))
                    .toList();
            if (here.size() > 1) {
                worst = worse(worst, Verdict.UNKNOWN);
            } else if (here.size() == 1) {
                worst = worse(worst, all(condition, here.get(0).column(), masks.get(here.get(0))));
            }
        }
        return worst;
    }

    private static Verdict domain(List<String> checks, ColumnMask mask) {
        Verdict worst = Verdict.HOLDS;
        for (String check : checks) {
            for (CheckText condition : CheckText.conditions(check)) {
                worst = worse(worst, all(condition, DOMAINS_VALUE, mask));
            }
        }
        return worst;
    }

    /** A rule under a condition may never come to bear: what it would violate is not certain. */
    private static Verdict all(CheckText condition, String column, ColumnMask mask) {
        if (holdsArray(mask.type())) {
            return Verdict.UNKNOWN;
        }
        Verdict worst = Verdict.HOLDS;
        for (MaskRule rule : mask.rules()) {
            worst = worse(worst, CheckJudge.judge(condition, column, rule, mask));
        }
        return worst == Verdict.VIOLATED && mask.rules().size() > 1 ? Verdict.UNKNOWN : worst;
    }

    private static Verdict worse(Verdict one, Verdict other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static void tell(Verdict verdict, ColumnName column, String check, Findings findings) {
        if (verdict == Verdict.VIOLATED) {
            findings.refuse(
                    ErrorCode.MASK_REFUSED,
                    column,
                    "Masked values of " + column + " violate the " + check + ".",
                    "Choose a masker whose values it accepts, or keep the column with a reason.");
        } else if (verdict == Verdict.UNKNOWN) {
            findings.warn("The " + check + " reads the masked column " + column
                    + ": the load fails if a masked value breaks it.");
        }
    }

    /** The columns that a check reads, and those that generated ones among them are computed from. */
    private Set<String> inputs(CheckConstraint check) {
        Set<String> read = new LinkedHashSet<>(check.columns());
        for (String name : check.columns()) {
            Column column = columns.get(new ColumnName(check.table(), name));
            if (column != null) {
                read.addAll(column.facts().inputs());
            }
        }
        return read;
    }

    private static List<String> domainChecks(ColumnType type) {
        List<String> checks = new ArrayList<>(type.rules().checks());
        if (inside(type)) {
            checks.addAll(domainChecks(type.parts().get(0)));
        }
        return checks;
    }

    private static boolean holdsArray(ColumnType type) {
        return type.kind() == ColumnType.Kind.ARRAY
                || (inside(type) && holdsArray(type.parts().get(0)));
    }

    private static boolean inside(ColumnType type) {
        return (type.kind() == ColumnType.Kind.DOMAIN || type.kind() == ColumnType.Kind.ARRAY)
                && !type.parts().isEmpty();
    }
}
