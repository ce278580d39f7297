package dev.caravan.copy;

import dev.caravan.job.MaskedColumnReport;
import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.MaskCounts;
import dev.caravan.mask.MaskKey;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.MaskRule;
import dev.caravan.mask.Masker;
import dev.caravan.mask.Maskers;
import dev.caravan.mask.RowForm;
import dev.caravan.mask.RowMask;
import dev.caravan.mask.SourceValues;
import dev.caravan.mask.ValueKind;
import dev.caravan.plan.MaskAssignment;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one job masks, and what was counted of it. Thread-safe. */
final class JobMask {
    private final MaskPolicy policy;
    private final MaskKey key;
    private final MaskAssignment assignment;
    private final Map<String, Table> tables;
    private final Maskers maskers;
    private final Map<TableName, Map<String, MaskCounts>> counts = new TreeMap<>();
    private final JobValues values;

    JobMask(MaskPolicy policy, MaskKey key, MaskAssignment assignment, Map<String, Table> tables, Maskers maskers) {
        this.policy = policy;
        this.key = key;
        this.assignment = assignment;
        this.tables = Map.copyOf(tables);
        this.maskers = maskers;
        this.values = values(assignment);
    }

    /** What can be looked for of the masked columns: texts. */
    private JobValues values(MaskAssignment assignment) {
        List<SourceValues.Source> sources = new ArrayList<>();
        Map<TableName, List<String>> wanted = new HashMap<>();
        List<String> without = new ArrayList<>();
        new TreeMap<>(assignment.masks()).forEach((table, columns) -> new TreeMap<>(columns).forEach((column, mask) -> {
            if (mask.kept()) {
                return;
            }
            String name = table + "." + column;
            if (ValueKind.of(mask.type()) == ValueKind.TEXT) {
                sources.add(new SourceValues.Source(name, mayReuse(mask), ValueKind.isArray(mask.type())));
                wanted.computeIfAbsent(table, unused -> new ArrayList<>()).add(column);
            } else {
                without.add(name + ": values of its type are not looked for");
            }
        }));
        return new JobValues(new SourceValues(sources), wanted, without);
    }

    MaskPolicy policy() {
        return policy;
    }

    MaskKey key() {
        return key;
    }

    MaskAssignment assignment() {
        return assignment;
    }

    Map<String, Table> tables() {
        return tables;
    }

    Maskers maskers() {
        return maskers;
    }

    /** Source values of its columns, and where they were looked for. */
    JobValues values() {
        return values;
    }

    private boolean mayReuse(ColumnMask mask) {
        return mask.rules().stream()
                .anyMatch(rule ->
                        maskers.find(rule.masker()).map(Masker::mayReuse).orElse(true));
    }

    /** Values of one column, as they are in the new database. @param texts as PostgreSQL prints them */
    List<String> masked(TableName table, String column, List<String> texts) {
        ColumnMask decided = assignment.masks().getOrDefault(table, Map.of()).get(column);
        if (decided == null || decided.kept()) {
            return texts;
        }
        ColumnType type = tables.get(table.toString()).copiedColumns().stream()
                .filter(it -> it.name().equals(column))
                .findFirst()
                .orElseThrow()
                .type();
        List<String> masked = new ArrayList<>();
        for (String value : texts) {
            RowMask rows = RowMask.of(
                    List.of(column), Map.of(column, type), Map.of(column, decided), key, maskers, RowForm.TEXT);
            byte[] row = (value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") + "\n")
                    .getBytes(StandardCharsets.UTF_8);
            rows.mask(row, row.length, 1);
            masked.add(new String(rows.bytes(), 0, rows.length() - 1, StandardCharsets.UTF_8)
                    .replace("\\t", "\t")
                    .replace("\\n", "\n")
                    .replace("\\\\", "\\"));
        }
        return masked;
    }

    synchronized void count(TableName table, List<MaskCounts> counted) {
        Map<String, MaskCounts> own = counts.computeIfAbsent(table, unused -> new TreeMap<>());
        for (MaskCounts column : counted) {
            own.merge(column.column(), column, MaskCounts::plus);
        }
    }

    /** One line per column of every table, kept ones too, with the reason. */
    synchronized List<MaskedColumnReport> report() {
        List<MaskedColumnReport> lines = new ArrayList<>();
        for (MaskAssignment.Decision decision : assignment.decisions()) {
            MaskCounts counted = counts.getOrDefault(decision.table(), Map.of())
                    .getOrDefault(decision.column(), new MaskCounts(decision.column(), 0, 0, 0));
            lines.add(new MaskedColumnReport(
                    decision.table(),
                    decision.column(),
                    decision.masker(),
                    decision.reason(),
                    decision.origin(),
                    counted.masked(),
                    counted.unchanged(),
                    counted.unreadable()));
        }
        return lines;
    }

    /** Columns with values that came out as they went in although every one of their maskers promises otherwise. */
    synchronized List<String> brokenPromises() {
        List<String> broken = new ArrayList<>();
        counts.forEach((table, columns) -> columns.values().stream()
                .filter(column -> column.unchanged() > 0)
                .filter(column -> promises(assignment.masks().get(table).get(column.column())))
                .forEach(column -> broken.add(
                        table + "." + column.column() + " (" + column.unchanged() + " of " + column.masked() + ")")));
        return broken;
    }

    /** Columns with values that had to be read and could not be. */
    synchronized List<String> unread() {
        List<String> unread = new ArrayList<>();
        counts.forEach((table, columns) -> columns.values().stream()
                .filter(column -> column.unreadable() > 0)
                .filter(column -> assignment.masks().get(table).get(column.column()).rules().stream()
                        .anyMatch(rule -> maskers.find(rule.masker())
                                .filter(masker -> masker.mustRead(rule.settings()))
                                .isPresent()))
                .forEach(column -> unread.add(
                        table + "." + column.column() + " (" + column.unreadable() + " of " + column.masked() + ")")));
        return unread;
    }

    private boolean promises(ColumnMask mask) {
        // What a rule keeps is not counted.
        return mask.rules().stream()
                .filter(rule -> !rule.masker().equals("keep"))
                .allMatch(this::promises);
    }

    private boolean promises(MaskRule rule) {
        return maskers.find(rule.masker())
                .map(masker -> masker.alwaysChanges(rule.settings()))
                .orElse(false);
    }
}
