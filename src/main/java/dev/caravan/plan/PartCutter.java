package dev.caravan.plan;

import dev.caravan.schema.Column;
import dev.caravan.schema.Table;
import dev.caravan.tenant.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts tables into parts: one each, but the longest pole by page ranges where that can help. */
final class PartCutter {
    /** Below this many pages (64 MiB) a range costs more than it gains. */
    private static final long MIN_PAGES_PER_PART = 8192;

    private final String jobId;
    private final Limits limits;
    private final long totalBytes;
    private int number;

    PartCutter(String jobId, Limits limits, long totalBytes) {
        this.jobId = jobId;
        this.limits = limits;
        this.totalBytes = totalBytes;
    }

    List<Part> cut(Table table, CopyFormat format, double indexWork) {
        int ranges = ranges(table);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < ranges; i++) {
            Optional<Part.PageRange> pages = ranges == 1
                    ? Optional.empty()
                    : Optional.of(new Part.PageRange(
                            table.pages() * i / ranges,
                            i == ranges - 1 ? Optional.empty() : Optional.of(table.pages() * (i + 1) / ranges)));
            parts.add(new Part(
                    jobId,
                    ++number,
                    table.name(),
                    table.loadThrough().orElse(table.name()),
                    table.copiedColumns().stream().map(Column::name).toList(),
                    format,
                    pages,
                    table.condition(),
                    ranges == 1
                            && table.loadThrough().isEmpty()
                            && table.condition().isEmpty(),
                    false,
                    (double) table.bytes() / ranges + indexWork));
        }
        return parts;
    }

    /** One part for each selection of the table's rows. */
    List<Part> cut(Table table, CopyFormat format, double indexWork, List<Selection> selections) {
        List<Part> parts = new ArrayList<>();
        double rows = Math.max(1, table.estimatedRows());
        for (Selection selection : selections) {
            double share = selection
                    .rows()
                    .map(list -> Math.min(1, list.size() / rows))
                    .orElse(1.0);
            parts.add(new Part(
                    jobId,
                    ++number,
                    table.name(),
                    table.loadThrough().orElse(table.name()),
                    table.copiedColumns().stream().map(Column::name).toList(),
                    format,
                    Optional.empty(),
                    Optional.empty(),
                    selections.size() == 1
                            && table.loadThrough().isEmpty()
                            && table.condition().isEmpty(),
                    false,
                    Optional.of(selection),
                    table.bytes() * share + indexWork));
        }
        return parts;
    }

    /** The longest pole is a table whose own bytes exceed a worker's fair share of all. */
    private int ranges(Table table) {
        boolean longestPole = table.bytes() > totalBytes / limits.workers();
        if (!limits.maySplit()
                || !longestPole
                || table.condition().isPresent()
                || table.copiedColumns().isEmpty()) {
            return 1;
        }
        return (int) Math.max(1, Math.min(limits.workers(), table.pages() / MIN_PAGES_PER_PART));
    }
}
