package dev.caravan.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Draws a running job as lines: what is copied where, a bar per table, the whole. Pure; immutable. */
final class Picture {
    private static final int BAR = 10;
    private static final int WIDEST = 100;
    private static final Comparator<TableView> BY_NAME = Comparator.comparing(TableView::table);
    /** What a reader wants to see first when not all tables fit. */
    private static final List<TableView.State> PRIORITY = List.of(
            TableView.State.FAILED,
            TableView.State.COPYING,
            TableView.State.INDEXING,
            TableView.State.DONE,
            TableView.State.WAITING);

    private final Terminal terminal;

    Picture(Terminal terminal) {
        this.terminal = terminal;
    }

    /** At most as many lines as the terminal has, less one, each narrower than it. */
    List<String> lines(Frame frame) {
        List<String> lines = new ArrayList<>();
        lines.add(header(frame.job()));
        // Header, summary, the line for what does not fit, and the cursor's own line.
        List<TableView> shown = shown(frame.tables(), Math.max(1, terminal.rows() - 4));
        int name = nameColumns(shown);
        for (TableView table : shown) {
            lines.add(table(
                    table, name, Optional.ofNullable(frame.bytesPerSecond().get(table.table()))));
        }
        if (shown.size() < frame.tables().size()) {
            lines.add(hidden(frame.tables(), shown));
        }
        lines.add(new Line(terminal)
                .add(Line.Style.FAINT, summary(frame, terminal.glyphs()))
                .toString());
        return lines;
    }

    /** What is copied where, and the phase or the state at the right. */
    String header(JobView job) {
        String title = title(job, terminal.glyphs());
        String where = job.state().equals("RUNNING") ? job.phase() : job.state();
        int gap = Math.min(terminal.columns() - 1, WIDEST) - Text.columns(title) - Text.columns(where);
        return new Line(terminal)
                .add(Line.Style.STRONG, title)
                .add(" ".repeat(Math.max(2, gap)))
                .add(Line.Style.STRONG, where)
                .toString();
    }

    static String title(JobView job, Terminal.Glyphs glyphs) {
        return Text.plain(job.source()) + " " + glyphs.arrow() + " " + Text.plain(job.target()) + "   "
                + (job.masked() ? "masked" : job.tenants().isEmpty() ? "identical" : "partial")
                + job.tenants()
                        .map(names -> glyphs.between() + "tenants " + names)
                        .orElse("");
    }

    /** The whole job in one sentence without its phase. */
    static String summary(Frame frame, Terminal.Glyphs glyphs) {
        JobView job = frame.job();
        List<String> facts = new ArrayList<>();
        facts.add(Text.time(frame.elapsed()));
        if (job.tablesTotal() > 0) {
            facts.add(job.tablesDone() + "/" + Text.counted(job.tablesTotal(), "table", "tables"));
        }
        if (job.rowsCopied() > 0) {
            facts.add(Text.counted(job.rowsCopied(), "row", "rows"));
        }
        if (job.bytesCopied() > 0) {
            facts.add(Text.bytes(job.bytesCopied())
                    + (job.percent().isPresent() ? " (" + job.percent().getAsInt() + " %)" : ""));
        }
        if (job.indexesTotal() > 0) {
            facts.add(job.indexesDone() + "/" + Text.counted(job.indexesTotal(), "index", "indexes"));
        }
        boolean copying = job.phase().equals("COPY");
        if (copying && job.bytesPerSecond() > 0) {
            facts.add(Text.bytes(job.bytesPerSecond()) + "/s");
        }
        if (copying && job.etaSeconds().isPresent()) {
            facts.add("ETA " + Text.time(Duration.ofSeconds(job.etaSeconds().getAsLong())));
        }
        return String.join(glyphs.between(), facts);
    }

    private String table(TableView table, int name, Optional<Long> rate) {
        Terminal.Glyphs glyphs = terminal.glyphs();
        int percent = table.percent();
        int full = Math.max(0, percent) * BAR / 100;
        Line line = new Line(terminal)
                .add(Text.padded(Text.cut(table.table(), name, glyphs.ellipsis()), name))
                .add("  ")
                .add(Line.Style.BAR, glyphs.full().repeat(full))
                .add(Line.Style.FAINT, glyphs.empty().repeat(BAR - full))
                .add(" ");
        String rows = Text.counted(table.rowsCopied(), "row", "rows");
        String indexes = table.indexesTotal() == 0
                ? ""
                : "   " + table.indexesDone() + "/" + Text.counted(table.indexesTotal(), "index", "indexes");
        return (switch (table.state()) {
                    case WAITING -> line.add(Line.Style.FAINT, "waiting");
                    case COPYING ->
                        line.add((percent < 0 ? "  ? %" : String.format(Locale.ROOT, "%3d %%", percent))
                                + "   "
                                + rate.map(r -> Text.bytes(r) + "/s" + eta(table, r))
                                        .orElse(rows));
                    case INDEXING -> line.add("index  " + rows + indexes);
                    case DONE -> line.add(Line.Style.GOOD, "done").add("   " + rows + indexes);
                    case FAILED -> line.add(Line.Style.BAD, "failed").add(" " + rows + indexes);
                })
                .toString();
    }

    private static String eta(TableView table, long rate) {
        long left = table.bytesTotalEstimated().orElse(0) - table.bytesCopied();
        // The estimate is the size on disk: past it nothing is known, and no time is better than a wrong one.
        return rate <= 0 || left <= 0 ? "" : "   ETA " + Text.time(Duration.ofSeconds((left + rate - 1) / rate));
    }

    private int nameColumns(List<TableView> tables) {
        int longest =
                tables.stream().mapToInt(t -> Text.columns(t.table())).max().orElse(0);
        // Leaves room for the bar and its figures.
        return Math.max(8, Math.min(longest, Math.min(terminal.columns(), WIDEST) - BAR - 36));
    }

    private static List<TableView> shown(List<TableView> tables, int room) {
        if (tables.size() <= room) {
            return tables.stream().sorted(BY_NAME).toList();
        }
        Set<TableView> chosen = new HashSet<>(tables.stream()
                .sorted(Comparator.comparingInt((TableView t) -> PRIORITY.indexOf(t.state()))
                        .thenComparing(t -> -t.bytesTotalEstimated().orElse(0))
                        .thenComparing(BY_NAME))
                .limit(room)
                .toList());
        return tables.stream().filter(chosen::contains).sorted(BY_NAME).toList();
    }

    private String hidden(List<TableView> tables, List<TableView> shown) {
        Set<TableView> visible = new HashSet<>(shown);
        List<TableView> rest = tables.stream().filter(t -> !visible.contains(t)).toList();
        List<String> kinds = new ArrayList<>();
        for (TableView.State state : PRIORITY) {
            long count = rest.stream().filter(t -> t.state() == state).count();
            if (count > 0) {
                kinds.add(Text.count(count) + " " + state.name().toLowerCase(Locale.ROOT));
            }
        }
        return new Line(terminal)
                .add(
                        Line.Style.FAINT,
                        terminal.glyphs().ellipsis() + " and " + Text.counted(rest.size(), "more table", "more tables")
                                + ": " + String.join(", ", kinds))
                .toString();
    }
}
