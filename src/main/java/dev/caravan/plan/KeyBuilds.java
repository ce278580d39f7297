package dev.caravan.plan;

import dev.caravan.job.CopyRequest.OnViolatedKey;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The foreign keys to be made, the most work first. */
final class KeyBuilds {
    private final Map<TableName, Table> tables;
    private final Map<TableName, List<IndexBuild>> indexes;

    private KeyBuilds(Map<TableName, Table> tables, Map<TableName, List<IndexBuild>> indexes) {
        this.tables = tables;
        this.indexes = indexes;
    }

    static List<ForeignKeyBuild> of(
            String jobId,
            OnViolatedKey onViolatedKey,
            Collection<ForeignKey> keys,
            Map<TableName, Table> tables,
            Map<TableName, List<IndexBuild>> indexes,
            List<Part> parts) {
        Map<TableName, Long> partsOf = parts.stream().collect(Collectors.groupingBy(Part::into, Collectors.counting()));
        KeyCheck check = new KeyCheck(
                indexes,
                parts.stream()
                        .filter(part -> part.freeze() && partsOf.get(part.into()) == 1)
                        .map(Part::into)
                        .collect(Collectors.toSet()));
        KeyBuilds builds = new KeyBuilds(tables, indexes);
        return keys.stream()
                .map(key -> {
                    boolean byIndexes = check.byIndexes(key);
                    return new ForeignKeyBuild(
                            jobId, key, onViolatedKey, builds.partitioned(key), byIndexes, builds.work(key, byIndexes));
                })
                .sorted(Comparator.comparingDouble(ForeignKeyBuild::work).reversed())
                .toList();
    }

    /** A key that needs no index of its table is checked before them, so that they wait for it. */
    private double work(ForeignKey key, boolean byIndexes) {
        long bytes = table(key.table()).map(Table::bytes).orElse(0L);
        double waiting = indexes.getOrDefault(key.table(), List.of()).stream()
                .mapToDouble(IndexBuild::work)
                .sum();
        return bytes + (byIndexes ? 0 : waiting);
    }

    private boolean partitioned(ForeignKey key) {
        return partitioned(key.table()) || partitioned(key.referenced());
    }

    private boolean partitioned(TableName name) {
        return table(name)
                .filter(table -> table.kind() == Table.Kind.PARTITIONED)
                .isPresent();
    }

    private Optional<Table> table(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }
}
