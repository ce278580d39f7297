package dev.caravan.plan;

import dev.caravan.schema.Index;
import dev.caravan.schema.TableName;
import java.util.List;

/**
 * What is left to do on a table once its rows and its indexes are in: constraints take over their indexes, marks are set, statistics are gathered.
 *
 * @param jobId the job it belongs to
 * @param table the table
 * @param indexes its indexes, all built
 * @param analyze whether statistics are gathered now, and not after the statistics objects were made
 * @param work estimated work
 */
public record TableFinish(String jobId, TableName table, List<Index> indexes, boolean analyze, double work)
        implements WorkUnit {
    public TableFinish {
        indexes = List.copyOf(indexes);
    }

    @Override
    public String id() {
        return "finish-" + table;
    }

    @Override
    public String step() {
        return "finish-table";
    }

    @Override
    public String subject() {
        return table.toString();
    }
}
