package dev.caravan.plan;

import dev.caravan.mask.ColumnPattern;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.VirtualKey;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds names in a policy that the database does not have: a typing error would leave a column to another decision. */
final class PolicyNames {
    private final Map<String, Column> columns = new TreeMap<>();
    private final Map<String, ColumnName> names = new TreeMap<>();
    private final MaskPolicy policy;
    private final Set<TableName> excluded;
    private final Findings findings;

    PolicyNames(Catalog catalog, MaskPolicy policy, Findings findings) {
        this.policy = policy;
        this.excluded = catalog.excluded();
        this.findings = findings;
        for (Table table : catalog.tables()) {
            for (Column column : table.columns()) {
                String name = plain(table.name(), column.name());
                columns.put(name, column);
                names.put(name, new ColumnName(table.name(), column.name()));
            }
        }
    }

    private static String plain(TableName table, String column) {
        return new ColumnPattern(table.schema(), table.name(), column).toString();
    }

    void check() {
        for (MaskPolicy.Entry entry : policy.entries()) {
            ColumnPattern pattern = entry.pattern();
            if (pattern.exact() && !left(pattern)) {
                exact(pattern, entry.decision().origin());
            } else if (!pattern.exact()
                    && names.values().stream().noneMatch(name -> pattern.matches(name.table(), name.column()))) {
                findings.warn("The pattern " + pattern + " (" + entry.decision().origin() + ") matches no column.");
            }
        }
        for (VirtualKey key : policy.virtualKeys()) {
            if (excluded.contains(key.table()) || excluded.contains(key.referenced())) {
                continue;
            }
            known(key.table(), key.columns(), key.origin());
            known(key.referenced(), key.referencedColumns(), key.origin());
        }
    }

    /** A policy is for the whole database: what it says of a table that is left out this time is no fault. */
    private boolean left(ColumnPattern pattern) {
        return excluded.stream().anyMatch(table -> new ColumnPattern(table.schema(), table.name(), pattern.column())
                .toString()
                .equals(pattern.toString()));
    }

    private void exact(ColumnPattern pattern, String origin) {
        Column column = columns.get(pattern.toString());
        if (column == null) {
            missing(pattern.toString(), origin);
        } else if (column.generated()) {
            findings.warn("The decision on " + pattern + " (" + origin
                    + ") has no effect: the column is computed from others.");
        }
    }

    private void known(TableName table, List<String> of, String origin) {
        of.stream()
                .map(column -> plain(table, column))
                .filter(name -> !columns.containsKey(name))
                .forEach(name -> missing(name, origin));
    }

    private void missing(String name, String origin) {
        String near = DidYouMean.sentence(name, columns.keySet());
        findings.refuse(
                ErrorCode.MASK_REFUSED,
                "There is no column " + name + ", which " + origin + " names.",
                near.isEmpty() ? "Take it out of the policy." : near);
    }
}
