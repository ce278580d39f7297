package dev.caravan.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.job.JobState;
import dev.caravan.job.Report;
import dev.caravan.job.ReportSigner;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** A job's report as one page to print and to keep: it needs nothing but itself. */
final class ReportPage {
    private static final Map<JobState, String> ENDS = Map.of(
            JobState.SUCCEEDED, "The new database took the target's place.",
            JobState.FAILED, "The job failed; the target is as it was.",
            JobState.CANCELLED, "The job was cancelled; the target is as it was.");

    private final Report report;
    private final JsonNode stored;
    private final Optional<ReportSigner> signer;
    private final ReportHtml page;

    private ReportPage(Report report, JsonNode stored, Optional<ReportSigner> signer) {
        this.report = report;
        this.stored = stored;
        this.signer = signer;
        page = new ReportHtml("Copy report · " + report.source().connection() + " → "
                + report.target().connection());
    }

    /** @param stored the report as it was stored, over which its signature is checked */
    static Reply of(Report report, JsonNode stored, Optional<ReportSigner> signer) {
        byte[] html = new ReportPage(report, stored, signer).html().getBytes(StandardCharsets.UTF_8);
        return Reply.of(200, html)
                .with("Content-Type", "text/html; charset=utf-8")
                .with("Content-Security-Policy", ReportHtml.policy());
    }

    private String html() {
        verdict();
        order();
        ReportProofs.write(report, page);
        page.list("Warnings", report.warnings());
        page.list(
                "Not in the new database",
                report.leftOut().stream()
                        .map(it -> it.object() + ": " + it.reason())
                        .toList());
        tables();
        signature();
        return page.end();
    }

    private void verdict() {
        boolean good = report.state() == JobState.SUCCEEDED;
        page.append("<p class=\"")
                .append(good ? "good" : "bad")
                .append("\">")
                .append(report.state())
                .append(". ")
                .append(ENDS.getOrDefault(report.state(), ""))
                .append("</p>");
    }

    private void order() {
        page.append("<h2>Who asked for what</h2><dl>");
        page.fact("Job", report.jobId());
        report.order().ifPresent(order -> {
            page.fact("Asked by", order.by().orElseGet(() -> order.schedule()
                    .map(it -> "the schedule " + it)
                    .orElse("a caller without a key")));
            page.fact("Accepted", order.createdAt().toString());
            order.startedAt()
                    .ifPresent(at ->
                            page.fact("Begun", at + (order.attempts() > 1 ? ", " + order.attempts() + " times" : "")));
            page.fact(
                    "Rows",
                    order.request().onlyTenants().isEmpty()
                            ? "of all tenants"
                            : "of " + order.request().onlyTenants().get().size()
                                    + " chosen tenants, and what they need");
        });
        page.fact("All rows as of", report.snapshotAt().map(Object::toString).orElse("no snapshot was taken"));
        page.fact("Source", database(report.source()));
        page.fact("Target", database(report.target()));
        page.append("</dl>");
    }

    private static String database(Report.Database it) {
        return it.connection()
                + (it.database().isEmpty()
                        ? ""
                        : ": database " + it.database() + " of the cluster " + it.systemIdentifier() + ", PostgreSQL "
                                + it.serverVersion());
    }

    private void tables() {
        page.append(
                "<h2>Tables</h2><table><thead><tr><th>Table</th><th>State</th><th class=\"n\">Rows</th><th class=\"n\">Bytes</th></tr></thead><tbody>");
        report.tables().forEach(table -> {
            page.append("<tr>");
            page.cell(table.table().toString());
            page.cell(table.state().toString());
            page.number(table.rowsCopied());
            page.number(table.bytesCopied());
            page.append("</tr>");
        });
        page.append("</tbody></table>");
    }

    private void signature() {
        page.append("<h2>Signature</h2>");
        if (report.signature().isEmpty()) {
            page.append("<p>None: no key for reports is configured.</p>");
            return;
        }
        Optional<Boolean> valid = signer.flatMap(it -> it.valid(stored));
        page.append("<p>")
                .append(ReportHtml.escaped(report.signature().get().algorithm()))
                .append(", key ")
                .append(ReportHtml.escaped(report.signature().get().keyId()))
                .append(": <code>")
                .append(ReportHtml.escaped(report.signature().get().value()))
                .append("</code></p>");
        page.append(
                valid.isEmpty()
                        ? "<p class=\"bad\">Not checked: it was made with another key than the service has now.</p>"
                        : valid.get()
                                ? "<p class=\"good\">Checked when this page was made: the report is as it was when the job ended.</p>"
                                : "<p class=\"bad\">The report was changed after the job ended.</p>");
    }
}
