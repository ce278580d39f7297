package dev.caravan.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** Writes a page that needs nothing but itself. Every text that comes from elsewhere is escaped. */
final class ReportHtml {
    private static final String STYLE = """
            body{font:14px/1.5 system-ui,sans-serif;color:#111;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.05rem;margin:1.75rem 0 .5rem;break-after:avoid}
            table{border-collapse:collapse;width:100%;font-size:.85rem}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #ccc}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}tr{break-inside:avoid}code{font-size:.85em;overflow-wrap:anywhere}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0}dt{color:#555}dd{margin:0}
            .good{color:#065f2c;font-weight:600}.bad{color:#a3122a;font-weight:600}.soft{color:#555}
            @media print{body{margin:0;max-width:none;font-size:11px}thead{display:table-header-group}}
            """;
    private final StringBuilder page = new StringBuilder();

    ReportHtml(String title) {
        page.append(
                        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(escaped(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(escaped(title))
                .append("</h1>");
    }

    /** What the page may load: nothing but its own style. */
    static String policy() {
        return "default-src 'none'; style-src 'sha256-" + digest(STYLE)
                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /** @param markup a number, or markup of ours */
    ReportHtml append(Object markup) {
        page.append(markup);
        return this;
    }

    String end() {
        return page.append("</body></html>").toString();
    }

    void list(String title, List<String> items) {
        if (items.isEmpty()) {
            return;
        }
        page.append("<h2>").append(title).append("</h2><ul>");
        items.forEach(item -> page.append("<li>").append(escaped(item)).append("</li>"));
        page.append("</ul>");
    }

    void fact(String name, String value) {
        page.append("<dt>")
                .append(name)
                .append("</dt><dd>")
                .append(escaped(value))
                .append("</dd>");
    }

    void cell(String text) {
        page.append("<td>").append(escaped(text)).append("</td>");
    }

    void number(long number) {
        page.append("<td class=\"n\">").append(number).append("</td>");
    }

    static String escaped(String text) {
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
