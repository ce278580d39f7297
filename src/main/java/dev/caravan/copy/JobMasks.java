package dev.caravan.copy;

import dev.caravan.job.MaskedColumnReport;
import dev.caravan.job.Report;
import dev.caravan.job.RunningJob;
import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.MaskKey;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.MaskSettings;
import dev.caravan.mask.PolicyProposal;
import dev.caravan.mask.RequestMasks;
import dev.caravan.mask.RowForm;
import dev.caravan.mask.RowMask;
import dev.caravan.mask.RowScan;
import dev.caravan.mask.SearchedRows;
import dev.caravan.mask.SourceValues;
import dev.caravan.mask.ValueGatherer;
import dev.caravan.plan.Asking;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each running job masks: decided in PLAN from the catalog under the job's own snapshot, applied to every batch, judged in VERIFY.
 * Thread-safe.
 */
public final class JobMasks {
    private final Map<String, JobMask> byJob = new ConcurrentHashMap<>();
    private final MaskSettings settings;

    public JobMasks(MaskSettings settings) {
        this.settings = settings;
    }

    /**
     * Decides on every column of the catalog.
     * @param asking lets the job's source evaluate its own expressions
     * @throws CaravanException with every problem of the policy at once; nothing is written yet then
     */
    MaskAssignment assign(RunningJob job, Catalog catalog, Asking asking) {
        List<String> faults = new ArrayList<>();
        List<MaskPolicy.Entry> onTop = RequestMasks.parse(job.request().masks(), settings.maskers(), faults);
        if (!faults.isEmpty()) {
            throw CaravanException.of(
                            ErrorCode.VALIDATION,
                            "The request's masks have " + faults.size() + " faults.",
                            "GET /api/v1/maskers lists the maskers and their parameters.")
                    .with("errors", faults);
        }
        MaskPolicy policy = settings.policy(job.request().maskPolicy()).with(onTop);
        MaskKey key = settings.requiredKey();
        Set<TableName> withoutRows = new HashSet<>();
        catalog.tables().stream()
                .map(Table::name)
                .filter(job.request()::staysEmpty)
                .forEach(withoutRows::add);
        MaskAssignment assignment = MaskAssignment.of(catalog, policy, settings.maskers(), key, asking, withoutRows);
        assignment.warnings().forEach(job.draft()::warn);
        try {
            assignment.throwIfAny();
        } catch (CaravanException e) {
            List<PolicyProposal.Undecided> undecided = undecided(assignment, catalog);
            throw undecided.isEmpty() ? e : e.with("proposal", PolicyProposal.yaml(undecided, settings.maskers()));
        }
        Map<String, Table> tables = new HashMap<>();
        catalog.tables().forEach(table -> tables.put(table.name().toString(), table));
        byJob.put(job.id(), new JobMask(policy, key, assignment, tables, settings.maskers()));
        return assignment;
    }

    private static List<PolicyProposal.Undecided> undecided(MaskAssignment assignment, Catalog catalog) {
        List<PolicyProposal.Undecided> undecided = new ArrayList<>();
        for (MaskProblem problem : assignment.problems()) {
            if (problem.code() == ErrorCode.UNDECIDED_COLUMNS) {
                catalog.tables().stream()
                        .filter(table -> problem.table().equals(Optional.of(table.name())))
                        .flatMap(table -> table.columns().stream()
                                .filter(column -> problem.column().equals(Optional.of(column.name())))
                                .map(column -> new PolicyProposal.Undecided(table.name(), column)))
                        .forEach(undecided::add);
            }
        }
        return undecided;
    }

    /** What masks the part's rows; absent when nothing of its table is masked. */
    Optional<RowMask> rowMask(Part part) {
        JobMask mask = byJob.get(part.jobId());
        if (mask == null) {
            return Optional.empty();
        }
        Map<String, ColumnMask> masks = mask.assignment().masks().getOrDefault(part.table(), Map.of());
        if (masks.values().stream().allMatch(ColumnMask::kept)) {
            return Optional.empty();
        }
        return Optional.of(
                RowMask.of(part.columns(), types(mask, part), masks, mask.key(), mask.maskers(), form(part)));
    }

    /** What looks through the part's rows for source values; absent when there is nothing to look for. */
    Optional<RowScan> rowScan(Part part) {
        return Optional.ofNullable(byJob.get(part.jobId()))
                .flatMap(mask -> RowScan.of(
                        mask.values().values(),
                        part.table().toString(),
                        part.columns(),
                        types(mask, part),
                        column -> kept(part.jobId(), part.table(), column),
                        form(part)));
    }

    private static Map<String, ColumnType> types(JobMask mask, Part part) {
        return types(mask.tables().get(part.table().toString()));
    }

    private static Map<String, ColumnType> types(Table table) {
        Map<String, ColumnType> types = new HashMap<>();
        for (Column column : table.copiedColumns()) {
            types.put(column.name(), column.type());
        }
        return types;
    }

    private static RowForm form(Part part) {
        return part.format() == CopyFormat.BINARY ? RowForm.BINARY : RowForm.TEXT;
    }

    /** Values of one column, as they are in the new database. @param values as texts */
    List<String> masked(String jobId, TableName table, String column, List<String> values) {
        JobMask mask = byJob.get(jobId);
        return mask == null ? values : mask.masked(table, column, values);
    }

    /** Adds what a committed part has counted. */
    void count(Part part, RowMask rowMask) {
        byJob.get(part.jobId()).count(part.table(), rowMask.counts());
    }

    /** Adds what a committed part has found in so many rows. */
    void searched(Part part, RowScan search, long written) {
        byJob.get(part.jobId()).values().searched().add(part.table(), search, written);
    }

    /**
     * Compares what was counted with what the maskers promise.
     *
     * @throws CaravanException {@code undecided-columns} when a document had a place that must be decided on and is not, and
     *     {@code verification-failed} when a value came out as it went in where its masker promises otherwise
     */
    public void judge(RunningJob job) {
        JobMask mask = byJob.get(job.id());
        if (mask == null) {
            return;
        }
        List<MaskedColumnReport> columns = mask.report();
        job.draft()
                .masked(new Report.Masking(
                        mask.policy().name(),
                        mask.policy().version(),
                        mask.key().id(),
                        columns));
        List<String> unread = mask.unread();
        if (!unread.isEmpty()) {
            throw CaravanException.of(
                    ErrorCode.UNDECIDED_COLUMNS,
                    "Documents hold places that no path of their masks names, in " + String.join(", ", unread) + ".",
                    "The old target is as it was. Name the places under paths, or say unknown: null or mask.");
        }
        List<String> unchanged = mask.brokenPromises();
        if (!unchanged.isEmpty()) {
            throw CaravanException.of(
                    ErrorCode.VERIFICATION_FAILED,
                    "Masked values are equal to their input in " + String.join(", ", unchanged) + ".",
                    "The old target is as it was. Choose another masker for these columns, or report this as a defect.");
        }
    }

    /** Whether the job masks anything. */
    public boolean masks(String jobId) {
        return byJob.containsKey(jobId);
    }

    /** A masked job's source values; empty in a job that masks nothing. */
    Optional<JobValues> values(String jobId) {
        return Optional.ofNullable(byJob.get(jobId)).map(JobMask::values);
    }

    /** What gathers values of one of a masked job's tables. */
    ValueGatherer gatherer(String jobId, Table table) {
        JobMask mask = byJob.get(jobId);
        return ValueGatherer.of(
                mask.values().values(),
                table.name().toString(),
                mask.values().columns().get(table.name()),
                types(table),
                mask.assignment().masks().get(table.name()),
                mask.key(),
                mask.maskers());
    }

    /** One of a masked job's tables. */
    Table table(String jobId, TableName table) {
        return byJob.get(jobId).tables().get(table.toString());
    }

    /** Source values to look for; empty in a job that masks nothing. */
    public Optional<SourceValues> sourceValues(String jobId) {
        return values(jobId).map(JobValues::values);
    }

    /** Where they were looked for on the way, and found. */
    public SearchedRows searchedRows(String jobId) {
        return values(jobId).map(JobValues::searched).orElseGet(SearchedRows::new);
    }

    /** Masked columns of which no values were gathered, or not all that were wanted, and why. */
    public List<String> withoutValues(String jobId) {
        return values(jobId).map(JobValues::without).orElse(List.of());
    }

    /** Whether a column's values travelled as they are; of a column that was not copied, no. */
    public boolean kept(String jobId, TableName table, String column) {
        return Optional.ofNullable(byJob.get(jobId))
                .map(mask ->
                        mask.assignment().masks().getOrDefault(table, Map.of()).get(column))
                .filter(ColumnMask::kept)
                .isPresent();
    }

    /** Forgets the job. */
    void release(String jobId) {
        byJob.remove(jobId);
    }
}
