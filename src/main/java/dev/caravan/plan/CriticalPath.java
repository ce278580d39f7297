package dev.caravan.plan;

import dev.caravan.schema.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits for a table: the check of a foreign key that references it, and with the check the indexes of the key's own table. So a small table
 * that a large one references is copied and finished first.
 */
final class CriticalPath {
    private final Map<TableName, Double> longest = new HashMap<>();

    private CriticalPath() {}

    static CriticalPath of(List<ForeignKeyBuild> keys) {
        CriticalPath path = new CriticalPath();
        for (ForeignKeyBuild build : keys) {
            if (!build.byIndexes()
                    && !build.late()
                    && !build.key().table().equals(build.key().referenced())) {
                path.longest.merge(build.key().referenced(), build.work(), Math::max);
            }
        }
        return path;
    }

    /** The longest work that waits for the table, in bytes of plain heap; 0 when nothing does. */
    double after(TableName table) {
        return longest.getOrDefault(table, 0.0);
    }
}
