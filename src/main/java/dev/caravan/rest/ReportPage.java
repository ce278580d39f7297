package dev.caravan.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.job.AnonymityReport;
import dev.caravan.job.JobState;
import dev.caravan.job.LeakReport;
import dev.caravan.job.MaskedColumnReport;
import dev.caravan.job.Report;
import dev.caravan.job.ReportSigner;
import dev.caravan.job.TenantReport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job's report as one page to print and to keep: it needs nothing but itself. */
final class ReportPage {
    private static final String STYLE = """
            body{font:14px/1.5 system-ui,sans-serif;color:#111;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.05rem;margin:1.75rem 0 .5rem;break-after:avoid}
            table{border-collapse:collapse;width:100%;font-size:.85rem}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #ccc}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}tr{break-inside:avoid}code{font-size:.85em;overflow-wrap:anywhere}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0}dt{color:#555}dd{margin:0}
            .good{color:#065f2c;font-weight:600}.bad{color:#a3122a;font-weight:600}.soft{color:#555}
            @media print{body{margin:0;max-width:none;font-size:11px}thead{display:table-header-group}}
            """;
    private static final Map<JobState, String> ENDS = Map.of(
            JobState.SUCCEEDED, "The new database took the target's place.",
            JobState.FAILED, "The job failed; the target is as it was.",
            JobState.CANCELLED, "The job was cancelled; the target is as it was.");

    private final Report report;
    private final JsonNode stored;
    private final Optional<ReportSigner> signer;
    private final StringBuilder page = new StringBuilder();

    private ReportPage(Report report, JsonNode stored, Optional<ReportSigner> signer) {
        this.report = report;
        this.stored = stored;
        this.signer = signer;
    }

    /** @param stored the report as it was stored, over which its signature is checked */
    static Reply of(Report report, JsonNode stored, Optional<ReportSigner> signer) {
        byte[] html = new ReportPage(report, stored, signer).html().getBytes(StandardCharsets.UTF_8);
        return Reply.of(200, html)
                .with("Content-Type", "text/html; charset=utf-8")
                .with(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'sha256-" + digest(STYLE)
                                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    private String html() {
        String title = "Copy report · " + report.source().connection() + " → "
                + report.target().connection();
        page.append(
                        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(escaped(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body>");
        page.append("<h1>").append(escaped(title)).append("</h1>");
        verdict();
        order();
        masking();
        leaks();
        anonymity();
        tenants();
        keys();
        list("Warnings", report.warnings());
        list(
                "Not in the new database",
                report.leftOut().stream()
                        .map(it -> it.object() + ": " + it.reason())
                        .toList());
        tables();
        signature();
        return page.append("</body></html>").toString();
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
        fact("Job", report.jobId());
        report.order().ifPresent(order -> {
            fact("Asked by", order.by().orElseGet(() -> order.schedule()
                    .map(it -> "the schedule " + it)
                    .orElse("a caller without a key")));
            fact("Accepted", order.createdAt().toString());
            order.startedAt()
                    .ifPresent(
                            at -> fact("Begun", at + (order.attempts() > 1 ? ", " + order.attempts() + " times" : "")));
            fact(
                    "Rows",
                    order.request().onlyTenants().isEmpty()
                            ? "of all tenants"
                            : "of " + order.request().onlyTenants().get().size()
                                    + " chosen tenants, and what they need");
        });
        fact("All rows as of", report.snapshotAt().map(Object::toString).orElse("no snapshot was taken"));
        fact("Source", database(report.source()));
        fact("Target", database(report.target()));
        page.append("</dl>");
    }

    private static String database(Report.Database it) {
        return it.connection()
                + (it.database().isEmpty()
                        ? ""
                        : ": database " + it.database() + " of the cluster " + it.systemIdentifier() + ", PostgreSQL "
                                + it.serverVersion());
    }

    private void masking() {
        page.append("<h2>Masking</h2>");
        if (report.masking().isEmpty()) {
            boolean none = report.order()
                    .map(it -> it.request().mask().equals(Optional.of(false)))
                    .orElse(false);
            page.append("<p>")
                    .append(none ? "Nothing was masked: the request said so." : "Nothing was masked.")
                    .append("</p>");
            return;
        }
        Report.Masking masking = report.masking().get();
        page.append("<dl>");
        fact("Policy", masking.policy() + ", SHA-256 of its file " + masking.policyVersion());
        fact("Mask key", masking.keyId());
        long masked = masking.columns().stream()
                .filter(it -> !it.masker().equals("keep"))
                .count();
        fact("Columns", masked + " masked, " + (masking.columns().size() - masked) + " kept");
        page.append(
                "</dl><table><thead><tr><th>Column</th><th>Masker</th><th>Decided</th><th class=\"n\">Masked</th><th class=\"n\">Unchanged</th><th class=\"n\">Unreadable</th></tr></thead><tbody>");
        for (MaskedColumnReport column : masking.columns()) {
            page.append("<tr>");
            cell(column.table() + "." + column.column());
            cell(column.masker() + column.reason().map(reason -> ": " + reason).orElse(""));
            cell(column.origin());
            number(column.masked());
            number(column.unchanged());
            number(column.unreadable());
            page.append("</tr>");
        }
        page.append("</tbody></table>");
    }

    private void leaks() {
        if (report.masking().isEmpty()) {
            return;
        }
        page.append("<h2>Search for source values</h2>");
        if (report.leaks().isEmpty()) {
            page.append("<p class=\"bad\">The new database was not searched.</p>");
            return;
        }
        LeakReport leaks = report.leaks().get();
        page.append("<p>")
                .append(leaks.values())
                .append(" source values of ")
                .append(leaks.columns())
                .append(" masked columns were looked for in ")
                .append(leaks.rows())
                .append(" rows of ")
                .append(leaks.tables())
                .append(" tables and in ")
                .append(leaks.catalogTexts())
                .append(" texts of the catalog, in ")
                .append(leaks.millis())
                .append(" ms. ");
        page.append(
                        leaks.hits().isEmpty()
                                ? "<span class=\"good\">None was found.</span>"
                                : "<span class=\"bad\">Some were found.</span>")
                .append("</p>");
        list(
                "Found",
                leaks.hits().stream()
                        .map(hit -> hit.column() + " in " + hit.where() + ": " + hit.count())
                        .toList());
        list("Not searched", leaks.unchecked());
    }

    private void anonymity() {
        if (report.anonymity().isEmpty()) {
            return;
        }
        page.append(
                "<h2>Rows that share their quasi-identifiers</h2><table><thead><tr><th>Table</th><th>Columns</th><th class=\"n\">Rows</th><th class=\"n\">Groups</th><th class=\"n\">Smallest</th><th class=\"n\">Minimum</th><th class=\"n\">Rows below</th></tr></thead><tbody>");
        for (AnonymityReport one : report.anonymity()) {
            page.append("<tr>");
            cell(one.table().toString());
            cell(String.join(", ", one.columns()));
            number(one.rows());
            number(one.groups());
            cell(one.smallest().isPresent() ? String.valueOf(one.smallest().getAsLong()) : "–");
            cell(one.minimum().isPresent() ? String.valueOf(one.minimum().getAsInt()) : "–");
            number(one.rowsBelow());
            page.append("</tr>");
        }
        page.append("</tbody></table>");
    }

    private void tenants() {
        if (report.tenants().isEmpty()) {
            return;
        }
        TenantReport tenants = report.tenants().get();
        long foreign = tenants.tables().stream()
                .mapToLong(TenantReport.TableRows::foreign)
                .sum();
        page.append("<h2>Isolation of the chosen tenants</h2><p class=\"")
                .append(foreign == 0 ? "good" : "bad")
                .append("\">")
                .append(foreign)
                .append(" rows of other tenants only, in ")
                .append(tenants.tables().size())
                .append(" tables.</p>");
        page.append(
                "<table><thead><tr><th>Table</th><th class=\"n\">Rows</th><th class=\"n\">Of the chosen</th><th class=\"n\">Of nobody</th><th class=\"n\">Included on purpose</th><th class=\"n\">Of others</th></tr></thead><tbody>");
        for (TenantReport.TableRows table : tenants.tables()) {
            page.append("<tr>");
            cell(table.table().toString());
            number(table.rows());
            number(table.chosen());
            number(table.nobody());
            number(table.included());
            number(table.foreign());
            page.append("</tr>");
        }
        page.append("</tbody></table>");
        list(
                "Keys that PostgreSQL does not vouch for",
                tenants.keys().stream()
                        .map(key -> key.key() + " of " + key.table() + ": " + key.orphans() + " rows reference nothing")
                        .toList());
    }

    private void keys() {
        page.append("<h2>Foreign keys</h2><p>")
                .append(report.foreignKeys().valid())
                .append(" valid, ")
                .append(report.foreignKeys().notValid())
                .append(" not valid, as on the source.</p>");
    }

    private void tables() {
        page.append(
                "<h2>Tables</h2><table><thead><tr><th>Table</th><th>State</th><th class=\"n\">Rows</th><th class=\"n\">Bytes</th></tr></thead><tbody>");
        report.tables().forEach(table -> {
            page.append("<tr>");
            cell(table.table().toString());
            cell(table.state().toString());
            number(table.rowsCopied());
            number(table.bytesCopied());
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
                .append(escaped(report.signature().get().algorithm()))
                .append(", key ")
                .append(escaped(report.signature().get().keyId()))
                .append(": <code>")
                .append(escaped(report.signature().get().value()))
                .append("</code></p>");
        page.append(
                valid.isEmpty()
                        ? "<p class=\"bad\">Not checked: it was made with another key than the service has now.</p>"
                        : valid.get()
                                ? "<p class=\"good\">Checked when this page was made: the report is as it was when the job ended.</p>"
                                : "<p class=\"bad\">The report was changed after the job ended.</p>");
    }

    private void list(String title, List<String> items) {
        if (items.isEmpty()) {
            return;
        }
        page.append("<h2>").append(title).append("</h2><ul>");
        items.forEach(item -> page.append("<li>").append(escaped(item)).append("</li>"));
        page.append("</ul>");
    }

    private void fact(String name, String value) {
        page.append("<dt>")
                .append(name)
                .append("</dt><dd>")
                .append(escaped(value))
                .append("</dd>");
    }

    private void cell(String text) {
        page.append("<td>").append(escaped(text)).append("</td>");
    }

    private void number(long number) {
        page.append("<td class=\"n\">").append(number).append("</td>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String digest(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
