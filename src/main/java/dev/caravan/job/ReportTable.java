package dev.caravan.job;

import java.util.ArrayList;
import java.util.List;

/** A report's tables as lines of columns, for CSV. */
public final class ReportTable {
    private static final List<String> HEADER = List.of(
            "table",
            "state",
            "format",
            "parts",
            "rowsCopied",
            "bytesCopied",
            "bytesTotalEstimated",
            "indexes",
            "indexesDone",
            "copyMillis",
            "indexMillis");

    private ReportTable() {}

    /** The columns' names. */
    public static List<String> header() {
        return HEADER;
    }

    /** One line per table, without the header: texts and numbers, and an empty text for a size that is not known. */
    public static List<List<Object>> rows(Report report) {
        return report.tables().stream().map(ReportTable::row).toList();
    }

    /** The header and then the rows, as camel-csv writes them with no further settings. */
    public static List<List<Object>> withHeader(Report report) {
        List<List<Object>> lines = new ArrayList<>();
        lines.add(List.copyOf(HEADER));
        lines.addAll(rows(report));
        return lines;
    }

    private static List<Object> row(TableProgress table) {
        Object estimated = table.bytesTotalEstimated().isPresent()
                ? table.bytesTotalEstimated().getAsLong()
                : "";
        return List.of(
                table.table().toString(),
                table.state().name(),
                table.format(),
                table.parts(),
                table.rowsCopied(),
                table.bytesCopied(),
                estimated,
                table.indexes().total(),
                table.indexes().done(),
                table.copyMillis(),
                table.indexMillis());
    }
}
