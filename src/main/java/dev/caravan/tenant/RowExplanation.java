package dev.caravan.tenant;

import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Map;

/**
 * Why a copy has a row, or has it not. It holds values of keys: for callers who may see them, never logged, never kept.
 *
 * @param table whose row it is; the partition, where it stands in one
 * @param taken whether a copy would have it
 * @param reason in one sentence
 * @param steps the way from the row to the one that decides, each row with what leads to the next; the first is the row itself
 */
public record RowExplanation(TableName table, boolean taken, String reason, List<Step> steps) {
    public RowExplanation {
        steps = List.copyOf(steps);
    }

    /**
     * A row on the way.
     *
     * @param table its table or partition
     * @param key its primary key as PostgreSQL prints it; empty for a table without one
     * @param words what of it leads to the next row, or decides
     */
    public record Step(TableName table, Map<String, String> key, String words) {
        public Step {
            key = Map.copyOf(key);
        }
    }
}
