package dev.caravan.rest;

import dev.caravan.job.AnonymityReport;
import dev.caravan.job.LeakReport;
import dev.caravan.job.MaskedColumnReport;
import dev.caravan.job.Report;
import dev.caravan.job.TenantReport;
import java.util.Optional;

/** What a job's report proves: that values were masked, that none leaked, that tenants are apart, that keys hold. */
final class ReportProofs {
    private final Report report;
    private final ReportHtml page;

    private ReportProofs(Report report, ReportHtml page) {
        this.report = report;
        this.page = page;
    }

    static void write(Report report, ReportHtml page) {
        ReportProofs proofs = new ReportProofs(report, page);
        proofs.masking();
        proofs.leaks();
        proofs.anonymity();
        proofs.tenants();
        proofs.keys();
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
        page.fact("Policy", masking.policy() + ", SHA-256 of its file " + masking.policyVersion());
        page.fact("Mask key", masking.keyId());
        long masked = masking.columns().stream()
                .filter(it -> !it.masker().equals("keep"))
                .count();
        page.fact("Columns", masked + " masked, " + (masking.columns().size() - masked) + " kept");
        page.append(
                "</dl><table><thead><tr><th>Column</th><th>Masker</th><th>Decided</th><th class=\"n\">Masked</th><th class=\"n\">Unchanged</th><th class=\"n\">Unreadable</th></tr></thead><tbody>");
        for (MaskedColumnReport column : masking.columns()) {
            page.append("<tr>");
            page.cell(column.table() + "." + column.column());
            page.cell(column.masker()
                    + column.reason().map(reason -> ": " + reason).orElse(""));
            page.cell(column.origin());
            page.number(column.masked());
            page.number(column.unchanged());
            page.number(column.unreadable());
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
        page.list(
                "Found",
                leaks.hits().stream()
                        .map(hit -> hit.column() + " in " + hit.where() + ": " + hit.count())
                        .toList());
        page.list("Not searched", leaks.unchecked());
    }

    private void anonymity() {
        if (report.anonymity().isEmpty()) {
            return;
        }
        page.append(
                "<h2>Rows that share their quasi-identifiers</h2><table><thead><tr><th>Table</th><th>Columns</th><th class=\"n\">Rows</th><th class=\"n\">Groups</th><th class=\"n\">Smallest</th><th class=\"n\">Minimum</th><th class=\"n\">Rows below</th></tr></thead><tbody>");
        for (AnonymityReport one : report.anonymity()) {
            page.append("<tr>");
            page.cell(one.table().toString());
            page.cell(String.join(", ", one.columns()));
            page.number(one.rows());
            page.number(one.groups());
            page.cell(one.smallest().isPresent() ? String.valueOf(one.smallest().getAsLong()) : "–");
            page.cell(one.minimum().isPresent() ? String.valueOf(one.minimum().getAsInt()) : "–");
            page.number(one.rowsBelow());
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
            page.cell(table.table().toString());
            page.number(table.rows());
            page.number(table.chosen());
            page.number(table.nobody());
            page.number(table.included());
            page.number(table.foreign());
            page.append("</tr>");
        }
        page.append("</tbody></table>");
        page.list(
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
                .append(" not valid.</p>");
        page.list(
                "Keys that the source's own rows violate",
                report.foreignKeys().violated().stream()
                        .map(key -> key.key() + " (" + String.join(", ", key.columns()) + ") of " + key.table() + ": "
                                + key.rows() + " rows "
                                + (key.dropped()
                                        ? "were dropped"
                                        : "reference nothing" + (key.virtual() ? "" : "; the key is NOT VALID")))
                        .toList());
    }
}
