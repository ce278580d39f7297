package dev.caravan.plan;

import dev.caravan.job.CopyRequest;
import dev.caravan.mask.KeepMasker;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Index;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.tenant.Selection;
import dev.caravan.tenant.TakenRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the plan of a copy from the catalog. Pure and thread-safe. */
public final class Planner {
    /**
     * @param warnings what PREFLIGHT found worth saying
     */
    public CopyPlan plan(String jobId, CopyRequest request, Catalog catalog, Limits limits, List<String> warnings) {
        return plan(jobId, request, catalog, limits, warnings, Optional.empty(), Optional.empty());
    }

    /**
     * @param masks what is masked, in a masked job
     * @param taken which rows are taken, in a partial job
     */
    public CopyPlan plan(
            String jobId,
            CopyRequest request,
            Catalog catalog,
            Limits limits,
            List<String> warnings,
            Optional<MaskAssignment> masks,
            Optional<TakenRows> taken) {
        return new Planning(jobId, request, catalog, limits, warnings, masks, taken).plan();
    }

    private static final class Planning {
        private final String jobId;
        private final CopyRequest request;
        private final Catalog catalog;
        private final Limits limits;
        private final List<String> warnings;
        private final Optional<MaskAssignment> masks;
        private final Optional<TakenRows> taken;
        private final Map<TableName, Table> tables = new LinkedHashMap<>();
        private final Map<TableName, List<IndexBuild>> indexes;

        Planning(
                String jobId,
                CopyRequest request,
                Catalog catalog,
                Limits limits,
                List<String> warnings,
                Optional<MaskAssignment> masks,
                Optional<TakenRows> taken) {
            this.jobId = jobId;
            this.request = request;
            this.catalog = catalog;
            this.limits = limits;
            this.masks = masks;
            this.taken = taken;
            this.warnings = new ArrayList<>(warnings);
            catalog.tables().forEach(table -> tables.put(table.name(), table));
            List<IndexBuild> builds = catalog.indexes().stream()
                    .map(index -> IndexBuild.of(jobId, index))
                    .toList();
            double all = builds.stream().mapToDouble(IndexBuild::work).sum();
            indexes = builds.stream()
                    .map(build -> build.amongAll(all, limits.cores()))
                    .collect(Collectors.groupingBy(build -> build.index().table()));
        }

        CopyPlan plan() {
            DependencyOrder order = DependencyOrder.of(tables.keySet(), catalog.foreignKeys());
            BinarySafety safety = new BinarySafety(limits.sourceMajor(), limits.targetMajor());
            long totalBytes = catalog.tables().stream().mapToLong(Table::bytes).sum();
            PartCutter cutter = new PartCutter(jobId, limits, totalBytes);
            Map<TableName, List<TableName>> references = references();
            List<TablePlan> tablePlans = new ArrayList<>();
            List<Part> parts = new ArrayList<>();
            List<Table> ordered = catalog.tables().stream()
                    .sorted(Comparator.comparing((Table table) -> order.levels().get(table.name()))
                            .thenComparing(Table::name))
                    .toList();
            for (Table table : ordered) {
                Optional<String> reason =
                        safety.reasonForText(table).or(() -> masks.flatMap(it -> it.reasonForText(table.name())));
                CopyFormat format = reason.isPresent() ? CopyFormat.TEXT : CopyFormat.BINARY;
                List<Part> own =
                        table.kind() == Table.Kind.PARTITIONED ? List.of() : parts(cutter, loadedTable(table), format);
                parts.addAll(own);
                tablePlans.add(tablePlan(table, order, format, reason, own.size(), references));
            }
            List<ForeignKeyBuild> keys =
                    KeyBuilds.of(jobId, request.onViolatedKey(), catalog.foreignKeys(), tables, indexes, parts);
            CriticalPath behind = CriticalPath.of(keys);
            parts.replaceAll(part -> part.before(behind.after(part.into())));
            parts.sort(Comparator.comparingDouble(Part::work).reversed());
            long indexBytes = catalog.indexes().stream().mapToLong(Index::bytes).sum();
            return new CopyPlan(
                    jobId,
                    request,
                    limits.workers(),
                    tablePlans,
                    parts,
                    LoadOrder.of(catalog.tables(), parts),
                    builds(behind),
                    ordered.stream().map(table -> finish(table, behind)).toList(),
                    keys,
                    largeObjects(),
                    catalog.sequences(),
                    RefreshOrder.of(catalog.materializedViews()),
                    order.cycles(),
                    masks.map(MaskAssignment::decisions).orElse(List.of()),
                    masks.map(MaskAssignment::sequencesBeyond).orElse(Set.of()),
                    totalBytes + indexBytes,
                    warnings);
        }

        private List<Part> parts(PartCutter cutter, Table table, CopyFormat format) {
            double indexWork = indexWork(table.name());
            return taken.flatMap(rows -> rows.selections(table.name()))
                    .map(selections -> cutter.cut(
                            table,
                            format,
                            indexWork,
                            selections.stream().map(this::unmasked).toList()))
                    .orElseGet(() -> cutter.cut(table, format, indexWork));
        }

        /** Keys that are masked on their way say nothing about the source's rows any more. */
        private Selection unmasked(Selection selection) {
            boolean masked = masks.isPresent()
                    && selection
                            .referencing()
                            .filter(key -> masks.get().decisions().stream()
                                    .noneMatch(decision -> decision.table().equals(key.table())
                                            && decision.column().equals(key.column())
                                            && decision.masker().equals(KeepMasker.NAME)))
                            .isPresent();
            return masked ? selection.byPredicate() : selection;
        }

        /** A masked partition key may belong to another partition: the partitioned table routes such rows. */
        private Table loadedTable(Table table) {
            return masks.isPresent() && masks.get().throughRoot().contains(table.name())
                    ? table.loadedThrough(root(table))
                    : table;
        }

        private TableName root(Table table) {
            TableName root = table.name();
            Optional<TableName> parent = table.partitionOf();
            while (parent.isPresent()) {
                root = parent.get();
                parent = tables.get(root).partitionOf();
            }
            return root;
        }

        private TablePlan tablePlan(
                Table table,
                DependencyOrder order,
                CopyFormat format,
                Optional<String> reason,
                int parts,
                Map<TableName, List<TableName>> references) {
            return new TablePlan(
                    table.name(),
                    order.levels().get(table.name()),
                    format,
                    reason,
                    parts,
                    table.estimatedRows() < 0 ? Optional.empty() : Optional.of(Math.round(table.estimatedRows())),
                    table.bytes(),
                    indexes.getOrDefault(table.name(), List.of()).size(),
                    references.getOrDefault(table.name(), List.of()),
                    taken.map(rows -> ScopeView.of(rows, table)));
        }

        private Map<TableName, List<TableName>> references() {
            Map<TableName, List<TableName>> references = new HashMap<>();
            for (ForeignKey key : catalog.foreignKeys()) {
                List<TableName> own = references.computeIfAbsent(key.table(), unused -> new ArrayList<>());
                if (!key.table().equals(key.referenced()) && !own.contains(key.referenced())) {
                    own.add(key.referenced());
                }
            }
            return references;
        }

        private double indexWork(TableName table) {
            return indexes.getOrDefault(table, List.of()).stream()
                    .mapToDouble(IndexBuild::work)
                    .sum();
        }

        private TableFinish finish(Table table, CriticalPath behind) {
            boolean analyze = !table.statisticsObjects() && table.kind() == Table.Kind.PLAIN;
            List<Index> own = indexes.getOrDefault(table.name(), List.of()).stream()
                    .map(IndexBuild::index)
                    .toList();
            return new TableFinish(
                    jobId, table.name(), own, analyze, table.bytes() / 10.0 + behind.after(table.name()));
        }

        private List<IndexBuild> builds(CriticalPath behind) {
            return indexes.values().stream()
                    .flatMap(List::stream)
                    .map(build -> build.before(behind.after(build.index().table())))
                    .sorted(Comparator.comparingDouble(IndexBuild::work)
                            .reversed()
                            .thenComparing(IndexBuild::id))
                    .toList();
        }

        private List<LargeObjectBatch> largeObjects() {
            List<LargeObjectBatch> batches = new ArrayList<>();
            List<Long> oids = skipsLargeObjects() ? List.of() : catalog.largeObjects();
            for (int from = 0; from < oids.size(); from += LargeObjectBatch.MAX_OBJECTS) {
                int to = Math.min(oids.size(), from + LargeObjectBatch.MAX_OBJECTS);
                batches.add(new LargeObjectBatch(jobId, oids.subList(from, to), (to - from) * 8192.0));
            }
            return batches;
        }

        /** They belong to nobody: among the rows of some tenants they have no place. */
        private boolean skipsLargeObjects() {
            boolean someTenants = request.onlyTenants().isPresent();
            if (someTenants && !catalog.largeObjects().isEmpty()) {
                warnings.add("Left out, since they belong to no tenant: "
                        + catalog.largeObjects().size() + " large objects.");
            }
            return someTenants || masks.map(MaskAssignment::skipsLargeObjects).orElse(false);
        }
    }
}
