package dev.caravan.rest;

import dev.caravan.job.CopyJob;
import dev.caravan.job.CopyRequest;
import dev.caravan.job.JobState;
import dev.caravan.job.JobStore;
import dev.caravan.job.Report;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** The operations on copy jobs; parameters arrive as the contract has let them through. Thread-safe. */
public final class CopyJobsResource {
    private static final int PAGE = 50;
    private static final String POLL_SECONDS = "2";

    private final JobStore store;
    private final ReportSigning signing;

    /** @param signing checks the signatures of reports */
    public CopyJobsResource(JobStore store, ReportSigning signing) {
        this.signing = signing;
        this.store = store;
    }

    /**
     * Stores the job.
     *
     * @param schedule whose run it is; null for a call's. A variable and not a header, so that no caller can set it
     * @param caller who asks; null for a schedule's run at its time
     */
    public Object create(
            CopyRequest request,
            @Header("Idempotency-Key") String key,
            @Variable("schedule") String schedule,
            @Variable(Guard.CALLER) Caller caller) {
        return accepted(store.create(
                        request,
                        Optional.ofNullable(key),
                        Optional.ofNullable(schedule),
                        Optional.ofNullable(caller).map(Caller::name))
                .job());
    }

    /** The job, or 304 when the caller has it as it is. */
    public Object get(@Header("id") String id, @Header("If-None-Match") String known) {
        CopyJob job = store.get(id);
        String tag = '"' + String.valueOf(job.version()) + '"';
        Reply reply = matches(known, tag) ? Reply.of(304, null) : Reply.of(200, JobView.of(job));
        return reply.with("ETag", tag);
    }

    public Object list(
            @Header("state") JobState state,
            @Header("target") String target,
            @Header("limit") Integer limit,
            @Header("cursor") String cursor) {
        JobStore.Page<CopyJob> page = store.list(
                Optional.ofNullable(state), Optional.ofNullable(target), limit(limit), Optional.ofNullable(cursor));
        return new JobStore.Page<>(page.items().stream().map(JobView::of).toList(), page.next());
    }

    public Object tables(@Header("id") String id, @Header("limit") Integer limit, @Header("cursor") String cursor) {
        store.get(id);
        return store.tables(id, limit(limit), Optional.ofNullable(cursor));
    }

    public Object events(@Header("id") String id, @Header("after") Long after, @Header("limit") Integer limit) {
        store.get(id);
        return new Items<>(store.events(id, after == null ? 0 : after, limit(limit)));
    }

    /**
     * The report as it was stored, so that its signature holds.
     *
     * @throws CaravanException {@code not-found} also for a job that has no report
     */
    public Object report(@Header("id") String id) {
        CopyJob job = store.get(id);
        return Reply.of(200, store.documents().reportJson(id).orElseThrow(() -> noReport(job)));
    }

    /** The report to be laid out. */
    public Report readReport(@Header("id") String id) {
        CopyJob job = store.get(id);
        return store.documents().report(id).orElseThrow(() -> noReport(job));
    }

    /** The report as a page to print. */
    public Object reportPage(@Header("id") String id) {
        Report report = readReport(id);
        return ReportPage.of(report, store.documents().reportJson(id).orElseThrow(), signing.signer());
    }

    /** @throws CaravanException {@code not-found} also for a job that is not planned yet */
    public Object plan(@Header("id") String id) {
        CopyJob job = store.get(id);
        return Reply.of(
                200,
                store.documents()
                        .planJson(id)
                        .orElseThrow(() -> CaravanException.of(
                                ErrorCode.NOT_FOUND,
                                "The job has no plan.",
                                job.state().terminal()
                                        ? "It ended before it was planned; its error says why."
                                        : "It is planned under its snapshot, a moment after it begins; it is "
                                                + job.state() + " now.")));
    }

    private static CaravanException noReport(CopyJob job) {
        return CaravanException.of(
                ErrorCode.NOT_FOUND,
                "The job has no report.",
                job.state().terminal()
                        ? "It ended before it had anything to report; its error and its events say why."
                        : "A report is written when the job ends; it is " + job.state() + " now.");
    }

    /** One line per table, for CSV; the route has the names of the columns. */
    public List<List<Object>> reportLines(Report report) {
        return report.tables().stream()
                .map(table -> Arrays.<Object>asList(
                        table.table().toString(),
                        table.state(),
                        table.format(),
                        table.parts(),
                        table.rowsCopied(),
                        table.bytesCopied(),
                        table.bytesTotalEstimated().isPresent()
                                ? table.bytesTotalEstimated().getAsLong()
                                : null,
                        table.indexes().done(),
                        table.copyMillis(),
                        table.indexMillis()))
                .toList();
    }

    /** One line per column of a masked job, for CSV; none for another. */
    public List<List<Object>> maskingLines(Report report) {
        return report.masking().map(Report.Masking::columns).orElse(List.of()).stream()
                .map(column -> Arrays.<Object>asList(
                        column.table().toString(),
                        column.column(),
                        column.masker(),
                        column.reason().orElse(null),
                        column.origin(),
                        column.masked(),
                        column.unchanged(),
                        column.unreadable()))
                .toList();
    }

    /** One line per key that the source's own rows violate, for CSV; none where all hold. */
    public List<List<Object>> keyLines(Report report) {
        return report.foreignKeys().violated().stream()
                .map(key -> List.<Object>of(
                        key.key(), key.table().toString(), String.join(" ", key.columns()), key.rows(), key.dropped()))
                .toList();
    }

    public Object cancel(@Header("id") String id, @Variable(Guard.CALLER) Caller caller) {
        caller.requireTarget(store.get(id).request().target());
        return accepted(store.requestCancel(id));
    }

    private static Reply accepted(CopyJob job) {
        JobView view = JobView.of(job);
        return Reply.of(202, view).with("Location", view.links().self()).with("Retry-After", POLL_SECONDS);
    }

    private static int limit(Integer limit) {
        return limit == null ? PAGE : limit;
    }

    private static boolean matches(String known, String tag) {
        return known != null
                && Arrays.stream(known.split(","))
                        .map(String::trim)
                        .anyMatch(it -> it.equals("*") || it.equals(tag) || it.equals("W/" + tag));
    }
}
