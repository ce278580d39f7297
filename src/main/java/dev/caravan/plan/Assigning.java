package dev.caravan.plan;

import dev.caravan.mask.ColumnDecision;
import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.MaskKey;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.Maskers;
import dev.caravan.mask.QuasiIdentifiers;
import dev.caravan.plan.KeyClasses.KeyClass;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Index;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One run of {@link MaskAssignment#of}: names, classes, decisions, masks, proofs. Not thread-safe. */
final class Assigning {
    private static final String INTEGER_ID = "integer-id";

    private final Catalog catalog;
    private final MaskPolicy policy;
    private final Maskers maskers;
    private final MaskKey key;
    private final Asking asking;
    private final Set<TableName> withoutRows;
    private final Findings findings;
    private final Questions questions = new Questions();
    private final Map<ColumnName, Column> columns = new TreeMap<>();
    private final Map<TableName, Map<String, Column>> rows = new HashMap<>();
    private final Map<ColumnName, ColumnMask> masks = new TreeMap<>();
    private final CheckProof checks;

    Assigning(
            Catalog catalog,
            MaskPolicy policy,
            Maskers maskers,
            MaskKey key,
            Asking asking,
            Set<TableName> withoutRows) {
        this.asking = asking;
        this.withoutRows = withoutRows;
        this.findings = new Findings(policy.onUnproven());
        this.catalog = catalog;
        this.policy = policy;
        this.maskers = maskers;
        this.key = key;
        this.checks = new CheckProof(catalog);
        for (Table table : catalog.tables()) {
            List<Column> copied = table.copiedColumns();
            copied.forEach(column -> columns.put(new ColumnName(table.name(), column.name()), column));
            Map<String, Column> row = new LinkedHashMap<>();
            copied.forEach(column -> row.put(column.name(), column));
            rows.put(table.name(), row);
        }
    }

    MaskAssignment assign() {
        new PolicyNames(catalog, policy, findings).check();
        if (!catalog.largeObjects().isEmpty() && policy.largeObjects() == MaskPolicy.LargeObjects.UNDECIDED) {
            findings.refuse(
                    ErrorCode.UNDECIDED_COLUMNS,
                    "The database has " + catalog.largeObjects().size()
                            + " large objects, which cannot be masked, and nothing decides on them.",
                    "Say largeObjects: skip in the policy, or keep.");
        }
        UniqueColumns unique = new UniqueColumns(catalog, maskers);
        List<KeyClass> classes = KeyClasses.of(catalog, policy.virtualKeys(), columns);
        Map<ColumnName, ColumnDecision> decisions = new ClassDecisions(
                        columns,
                        new OwnDecisions(catalog.tables(), policy),
                        policy,
                        new DefaultDecision(maskers, key),
                        unique,
                        findings)
                .of(classes);
        Map<ColumnName, Index> needs = unique.needs(filled(decisions), findings);
        MaskProof proof = new MaskProof(maskers, key, findings, questions, withoutRows);
        for (KeyClass one : classes) {
            build(one, decisions, needs);
            for (ColumnName member : one.members()) {
                if (masks.containsKey(member)) {
                    proof.prove(member, masks.get(member), rows.get(member.table()));
                }
                if (needs.containsKey(member)) {
                    unique.prove(member, needs.get(member), decisions.get(member), findings);
                }
            }
        }
        checks.prove(filled(masked()), findings, questions);
        new GeneratedProof(catalog).prove(filled(masked()), findings, questions);
        MaskedPartitions partitions = new MaskedPartitions(catalog, masked());
        partitions.prove(withoutRows, findings, questions);
        questions.settle(asking);
        return result(decisions, partitions.throughRoot());
    }

    /** Members of a class have one decision and one set of limits, unless they are partitions that the policy tells apart. */
    private void build(KeyClass one, Map<ColumnName, ColumnDecision> decisions, Map<ColumnName, Index> needs) {
        Map<ColumnName, Column> alike = new LinkedHashMap<>();
        one.members().stream().filter(decisions::containsKey).forEach(member -> alike.put(member, columns.get(member)));
        if (alike.isEmpty()) {
            return;
        }
        boolean kept =
                alike.keySet().stream().allMatch(member -> decisions.get(member).keeps());
        if (!kept && one.keyed()) {
            MaskBuilder.compare(alike, findings);
        }
        MaskBuilder builder = new MaskBuilder(
                List.copyOf(alike.values()),
                alike.keySet().stream()
                        .flatMap(member -> checks.lengths(member).stream())
                        .toList(),
                alike.keySet().stream().anyMatch(needs::containsKey));
        alike.forEach((member, column) -> masks.put(member, builder.mask(column, decisions.get(member))));
    }

    private Map<ColumnName, ColumnMask> masked() {
        Map<ColumnName, ColumnMask> masked = new TreeMap<>(masks);
        masked.values().removeIf(ColumnMask::kept);
        return masked;
    }

    /** Those of tables whose rows travel: what constraints say of others is of no account. */
    private <T> Map<ColumnName, T> filled(Map<ColumnName, T> byColumn) {
        Map<ColumnName, T> filled = new TreeMap<>(byColumn);
        filled.keySet().removeIf(name -> withoutRows.contains(name.table()));
        return filled;
    }

    /** What the policy names as quasi-identifiers must be there before anything is copied. */
    private void checkQuasiIdentifiers() {
        for (QuasiIdentifiers one : policy.quasiIdentifiers()) {
            for (String column : one.columns()) {
                boolean there = catalog.tables().stream()
                        .filter(table -> table.name().equals(one.table()))
                        .anyMatch(table -> table.columns().stream()
                                .anyMatch(it -> it.name().equals(column)));
                if (!there) {
                    findings.refuse(
                            ErrorCode.MASK_REFUSED,
                            new ColumnName(one.table(), column),
                            one.origin() + ": the quasi-identifier " + new ColumnName(one.table(), column)
                                    + " is not there.",
                            "Correct the table or the column under quasiIdentifiers.");
                }
            }
        }
    }

    private MaskAssignment result(Map<ColumnName, ColumnDecision> decisions, Set<TableName> throughRoot) {
        checkQuasiIdentifiers();
        Map<TableName, Map<String, ColumnMask>> byTable = new HashMap<>();
        catalog.tables().forEach(table -> byTable.put(table.name(), new LinkedHashMap<>()));
        columns.forEach((name, column) -> {
            if (masks.containsKey(name)) {
                byTable.get(name.table()).put(name.column(), masks.get(name));
            }
        });
        byTable.replaceAll((table, of) -> Map.copyOf(of));
        return new MaskAssignment(
                byTable,
                masks.entrySet().stream()
                        .map(one ->
                                MaskAssignment.Decision.of(one.getKey(), decisions.get(one.getKey()), one.getValue()))
                        .toList(),
                sequencesBeyond(),
                throughRoot,
                findings.problems(),
                findings.warnings(),
                notes(),
                policy.largeObjects() == MaskPolicy.LargeObjects.SKIP);
    }

    private Set<TableName> sequencesBeyond() {
        Set<TableName> sequences = new TreeSet<>();
        masked().forEach((name, mask) -> {
            if (mask.rules().stream().anyMatch(rule -> rule.masker().equals(INTEGER_ID))) {
                sequences.addAll(columns.get(name).facts().sequences());
            }
        });
        return sequences;
    }

    private List<String> notes() {
        Set<ColumnName> masked = masked().keySet();
        return catalog.valueStatistics().stream()
                .filter(one ->
                        one.columns().stream().anyMatch(column -> masked.contains(new ColumnName(one.table(), column))))
                .map(one -> "Statistics " + one.name() + " are gathered anew from masked values.")
                .toList();
    }
}
