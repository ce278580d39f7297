package dev.caravan.tenant;

import dev.caravan.mask.TenantPolicy;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.schema.TablePattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The catalog's tables by name: with partitions, and without them, where a partitioned table stands for its partitions. */
final class Relations {
    private final Map<TableName, Table> all = new HashMap<>();
    private final Map<TableName, Table> tables = new TreeMap<>();
    private final Set<TableName> excluded;

    Relations(Catalog catalog) {
        this.excluded = catalog.excluded();
        for (Table table : catalog.tables()) {
            all.put(table.name(), table);
            if (table.partitionOf().isEmpty()) {
                tables.put(table.name(), table);
            }
        }
    }

    /** Every table, partitions too. */
    Map<TableName, Table> all() {
        return all;
    }

    /** Every table but partitions, in the order of the names. */
    Map<TableName, Table> tables() {
        return tables;
    }

    boolean excluded(TableName table) {
        return excluded.contains(table);
    }

    /** Whether the table is there, or would be if the request did not exclude it. */
    boolean known(TableName table) {
        return tables.containsKey(table) || excluded.contains(table);
    }

    boolean known(TablePattern pattern) {
        return tables.keySet().stream().anyMatch(pattern::matches)
                || excluded.stream().anyMatch(pattern::matches);
    }

    /** The one table that a column's name in a policy means; the one in public, where several bear the name. */
    Optional<TableName> table(TenantPolicy.Root named) {
        List<TableName> found = tables.keySet().stream()
                .filter(table -> table.name().equals(named.table())
                        && named.schema().map(table.schema()::equals).orElse(true))
                .toList();
        return found.size() == 1
                ? Optional.of(found.get(0))
                : found.stream()
                        .filter(table -> table.schema().equals("public"))
                        .findFirst();
    }

    boolean has(TableName table, String column) {
        return column(table, column).isPresent();
    }

    Optional<Column> column(TableName table, String name) {
        return tables.get(table).columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }
}
