package dev.caravan.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says how a job ended: one line, then the reason or what to know. Pure. */
final class Ending {
    private static final int MOST = 10;

    private Ending() {}

    /** @param report the job's report, when there is one */
    static List<String> lines(JobView job, Optional<ReportView> report, Terminal terminal) {
        Terminal.Glyphs glyphs = terminal.glyphs();
        List<String> facts = new ArrayList<>();
        facts.add(job.state() + job.took().map(time -> " in " + Text.time(time)).orElse(""));
        if (job.tablesTotal() > 0) {
            facts.add(job.tablesDone() + "/" + Text.counted(job.tablesTotal(), "table", "tables"));
        }
        if (job.rowsCopied() > 0) {
            facts.add(Text.counted(job.rowsCopied(), "row", "rows"));
        }
        report.filter(unused -> job.succeeded()).ifPresent(r -> {
            facts.add(Text.counted(r.keysValid(), "foreign key valid", "foreign keys valid")
                    + (r.keysNotValid() > 0 ? ", " + Text.count(r.keysNotValid()) + " not valid" : ""));
            r.foreignRows().ifPresent(rows -> facts.add(Text.count(rows) + " rows of other tenants"));
            r.leaks().ifPresent(values -> facts.add(Text.count(values) + " masked values found again"));
            if (r.contentCompared() > 0) {
                facts.add(Text.counted(r.contentCompared(), "table", "tables") + " compared by content");
            }
        });
        if (job.succeeded()) {
            facts.add("swapped");
        }
        List<String> lines = new ArrayList<>();
        lines.add(new Line(wide(terminal))
                .add(
                        job.succeeded() ? Line.Style.GOOD : Line.Style.BAD,
                        job.succeeded() ? glyphs.tick() : glyphs.cross())
                .add(" " + String.join(glyphs.between(), facts))
                .toString());
        job.error().ifPresent(error -> lines.addAll(error.lines()));
        report.ifPresent(r -> {
            listed(lines, "warning", r.warnings(), glyphs);
            listed(lines, "left out", r.leftOut(), glyphs);
        });
        return lines;
    }

    private static void listed(List<String> lines, String word, List<String> items, Terminal.Glyphs glyphs) {
        items.stream().limit(MOST).forEach(item -> lines.add("  " + word + ": " + Text.plain(item)));
        if (items.size() > MOST) {
            lines.add(String.format(
                    Locale.ROOT, "  %s %d more, in the job's report", glyphs.ellipsis(), items.size() - MOST));
        }
    }

    /** The last line may wrap: it is never drawn over. */
    private static Terminal wide(Terminal terminal) {
        return new Terminal(false, Integer.MAX_VALUE, terminal.rows(), terminal.colour(), terminal.glyphs());
    }
}
