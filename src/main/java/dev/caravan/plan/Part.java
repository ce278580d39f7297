package dev.caravan.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.schema.TableName;
import dev.caravan.tenant.Selection;
import java.util.List;
import java.util.Optional;

/**
 * A table or a range of its pages: what is copied in one stream and one transaction.
 *
 * @param jobId the job it belongs to
 * @param number its number within the job, from 1
 * @param table the table that is read
 * @param into the table that is written: the same, or a partitioned one that routes the rows itself
 * @param columns the columns that travel, by name; empty for all, where a table has none
 * @param format COPY's format
 * @param pages the heap pages that are read, or all
 * @param condition an extension's WHERE clause, or all rows
 * @param freeze whether the target's table is truncated and filled frozen, in one transaction
 * @param alone whether no other part may be in memory meanwhile: for rows that fill the heap
 * @param selection which rows, where not all are taken
 * @param work estimated work behind it: its own bytes and its table's indexes
 */
public record Part(
        String jobId,
        int number,
        TableName table,
        TableName into,
        List<String> columns,
        CopyFormat format,
        Optional<PageRange> pages,
        Optional<String> condition,
        boolean freeze,
        boolean alone,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Selection> selection,
        double work)
        implements WorkUnit {
    public Part {
        columns = List.copyOf(columns);
        selection = selection == null ? Optional.empty() : selection;
    }

    /** A part that takes all rows. */
    public Part(
            String jobId,
            int number,
            TableName table,
            TableName into,
            List<String> columns,
            CopyFormat format,
            Optional<PageRange> pages,
            Optional<String> condition,
            boolean freeze,
            boolean alone,
            double work) {
        this(jobId, number, table, into, columns, format, pages, condition, freeze, alone, Optional.empty(), work);
    }

    /**
     * Heap pages from {@code first} up to and without {@code end}.
     *
     * @param end absent for the last range, which also holds pages added since the count
     */
    public record PageRange(long first, Optional<Long> end) {}

    /** The same part, to be copied while no other is in memory. */
    public Part withNobodyElse() {
        return new Part(jobId, number, table, into, columns, format, pages, condition, freeze, true, selection, work);
    }

    /** The same rows by another predicate. */
    public Part selecting(Selection other) {
        return new Part(
                jobId, number, table, into, columns, format, pages, condition, freeze, alone, Optional.of(other), work);
    }

    /** The same part with more behind it. */
    Part before(double more) {
        return new Part(
                jobId, number, table, into, columns, format, pages, condition, freeze, alone, selection, work + more);
    }

    @Override
    public String id() {
        return "part-" + number;
    }

    @Override
    public String step() {
        return "load-part";
    }

    @Override
    public String subject() {
        return table + pages.map(range -> " from page " + range.first()).orElse("");
    }
}
