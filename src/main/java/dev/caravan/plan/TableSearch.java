package dev.caravan.plan;

import dev.caravan.schema.TableName;

/**
 * A search of one table for source values of masked columns. It begins when the rows of all tables are in, since the values of one may stand in any
 * other, and runs beside the indexes.
 *
 * @param jobId the job it belongs to
 * @param table the table
 * @param work that of the table's finish, which waits for it
 */
public record TableSearch(String jobId, TableName table, double work) implements WorkUnit {
    @Override
    public String id() {
        return "search-" + table;
    }

    @Override
    public String subject() {
        return table.toString();
    }

    @Override
    public String step() {
        return "search-table";
    }
}
