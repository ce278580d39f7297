package dev.caravan.copy;

import dev.caravan.job.JobIds;
import dev.caravan.job.PreviewRequest;
import dev.caravan.job.RunningJob;
import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.CopyText;
import dev.caravan.mask.MaskKey;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.MaskSettings;
import dev.caravan.mask.RequestMasks;
import dev.caravan.mask.RowForm;
import dev.caravan.mask.RowMask;
import dev.caravan.plan.CopyFormat;
import dev.caravan.plan.MaskAssignment;
import dev.caravan.plan.MaskProblem;
import dev.caravan.plan.Part;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.source.RowReader;
import dev.caravan.source.SourceJob;
import dev.caravan.source.SourceJobs;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Masks a few rows as a copy would, by the same code and under a snapshot as a copy's, and shows them instead of writing them. Thread-safe. */
public final class MaskPreviews {
    private static final int LONGEST = 200;

    private final SourceJobs sourceJobs;
    private final MaskSettings settings;

    public MaskPreviews(SourceJobs sourceJobs, MaskSettings settings) {
        this.sourceJobs = sourceJobs;
        this.settings = settings;
    }

    /**
     * @throws CaravanException {@code not-found} for a table that is not there, and what planning a masked copy of this table would refuse; a column
     *     on which nobody has decided is no error here
     */
    public MaskPreview preview(PreviewRequest request) {
        RunningJob job =
                RunningJob.rehearsal(JobIds.next(Instant.now()), request.asCopy(), Optional.empty(), Clock.systemUTC());
        try {
            SourceJob source = sourceJobs.open(job, 1);
            return preview(request, job, source);
        } finally {
            sourceJobs.release(job.id());
        }
    }

    private MaskPreview preview(PreviewRequest request, RunningJob job, SourceJob source) {
        Catalog catalog = source.catalog();
        Table table = table(catalog, request);
        List<String> faults = new ArrayList<>();
        MaskPolicy policy = settings.policy(request.maskPolicy())
                .with(RequestMasks.parse(request.masks(), settings.maskers(), faults));
        if (!faults.isEmpty()) {
            throw CaravanException.of(
                            ErrorCode.VALIDATION,
                            "The request's masks have " + faults.size() + " faults.",
                            "GET /api/v1/maskers lists the maskers and their parameters.")
                    .with("errors", faults);
        }
        MaskKey key = settings.requiredKey();
        MaskAssignment assignment =
                MaskAssignment.of(catalog, policy, settings.maskers(), key, source.asking(), Set.of());
        Set<TableName> levels = levels(catalog, table);
        MaskProblem.throwIfAny(assignment.problems().stream()
                .filter(problem -> problem.code() != ErrorCode.UNDECIDED_COLUMNS)
                .filter(problem -> problem.table().filter(levels::contains).isPresent())
                .toList());
        List<Column> columns = table.copiedColumns();
        Map<String, ColumnType> types = new HashMap<>();
        columns.forEach(column -> types.put(column.name(), column.type()));
        Map<String, ColumnMask> masks = assignment.masks().getOrDefault(table.name(), Map.of());
        RowMask mask = RowMask.of(
                columns.stream().map(Column::name).toList(), types, masks, key, settings.maskers(), RowForm.TEXT);
        List<List<MaskPreview.Values>> rows = rows(request, job, source, table, mask, masks);
        return new MaskPreview(table.name(), policy.name(), described(assignment, table), rows);
    }

    /** The table, and those that it is a partition of: what is wrong with its key is theirs. */
    private static Set<TableName> levels(Catalog catalog, Table table) {
        Set<TableName> levels = new HashSet<>();
        Optional<TableName> level = Optional.of(table.name());
        while (level.isPresent() && levels.add(level.get())) {
            TableName name = level.get();
            level = catalog.tables().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .flatMap(Table::partitionOf);
        }
        return levels;
    }

    private static Table table(Catalog catalog, PreviewRequest request) {
        Table table = catalog.tables().stream()
                .filter(one -> one.name().equals(request.table()))
                .findFirst()
                .orElseThrow(() -> CaravanException.of(
                        ErrorCode.NOT_FOUND,
                        "The source has no table " + request.table() + ".",
                        "Name schema and table, as in public.customer."));
        if (table.kind() != Table.Kind.PLAIN) {
            String parts = catalog.tables().stream()
                    .filter(one -> one.partitionOf().equals(Optional.of(table.name())))
                    .map(one -> one.name().toString())
                    .limit(3)
                    .collect(Collectors.joining(", "));
            throw CaravanException.of(
                    ErrorCode.VALIDATION,
                    "The table " + table.name() + " holds no rows itself.",
                    "Name one of its partitions" + (parts.isEmpty() ? "." : ", such as " + parts + "."));
        }
        return table;
    }

    /** The first rows as the server sends them; the rest of the stream is given up. */
    private static List<List<MaskPreview.Values>> rows(
            PreviewRequest request,
            RunningJob job,
            SourceJob source,
            Table table,
            RowMask mask,
            Map<String, ColumnMask> masks) {
        List<String> names = table.copiedColumns().stream().map(Column::name).toList();
        Part part = new Part(
                job.id(),
                1,
                table.name(),
                table.name(),
                names,
                CopyFormat.TEXT,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                0);
        List<List<MaskPreview.Values>> rows = new ArrayList<>();
        try (RowReader reader = source.reader(part)) {
            while (rows.size() < request.rows()) {
                byte[] row = reader.next();
                if (row == null) {
                    break;
                }
                List<String> before = CopyText.fields(row, row.length);
                mask.mask(row, row.length, 1);
                List<String> after = CopyText.fields(mask.bytes(), mask.length());
                List<MaskPreview.Values> values = new ArrayList<>();
                for (int i = 0; i < names.size(); i++) {
                    boolean decided = masks.containsKey(names.get(i));
                    values.add(new MaskPreview.Values(
                            decided ? cut(before.get(i)) : null, decided ? cut(after.get(i)) : null));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    private static List<MaskPreview.Column> described(MaskAssignment assignment, Table table) {
        Map<String, MaskAssignment.Decision> decisions = new HashMap<>();
        assignment.decisions().stream()
                .filter(decision -> decision.table().equals(table.name()))
                .forEach(decision -> decisions.put(decision.column(), decision));
        return table.copiedColumns().stream()
                .map(column -> Optional.ofNullable(decisions.get(column.name()))
                        .map(decision -> new MaskPreview.Column(
                                column.name(),
                                Optional.of(decision.masker()),
                                decision.reason(),
                                Optional.of(decision.origin())))
                        .orElseGet(() -> new MaskPreview.Column(
                                column.name(), Optional.empty(), Optional.empty(), Optional.empty())))
                .toList();
    }

    private static String cut(String value) {
        return value == null || value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }
}
