package dev.caravan.plan;

import dev.caravan.job.CopyRequest.OnViolatedKey;
import dev.caravan.schema.ForeignKey;

/**
 * One foreign key to add and to check.
 *
 * @param jobId the job it belongs to
 * @param key the key
 * @param onViolated what to do when the rows violate it
 * @param late whether it waits for partitions' indexes to be attached
 * @param byIndexes whether it is checked by merging an index of either table, and therefore after they are built
 * @param work estimated work
 */
public record ForeignKeyBuild(
        String jobId, ForeignKey key, OnViolatedKey onViolated, boolean late, boolean byIndexes, double work)
        implements WorkUnit {
    @Override
    public String id() {
        return "key-" + key.oid();
    }

    @Override
    public String step() {
        return "add-foreign-key";
    }

    @Override
    public String subject() {
        return key.name() + " of " + key.table();
    }
}
