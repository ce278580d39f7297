package dev.caravan.plan;

import dev.caravan.schema.Index;

/**
 * One index to build.
 *
 * @param jobId the job it belongs to
 * @param index the index
 * @param parallel whether several processes of the server build it: for the one that everything else would wait for
 * @param work estimated work, in bytes of plain heap, and that of what waits for it
 */
public record IndexBuild(String jobId, Index index, boolean parallel, double work) implements WorkUnit {
    /** A key under a collation costs about six times a number's: measured with ICU-free en_US on PostgreSQL 15. */
    private static final double COLLATED_TEXT_FACTOR = 6;

    static IndexBuild of(String jobId, Index index) {
        return new IndexBuild(jobId, index, false, index.bytes() * (index.collatedText() ? COLLATED_TEXT_FACTOR : 1));
    }

    /** The same build, in parallel where it is a larger part of all index work than one of so many cores can do meanwhile. */
    IndexBuild amongAll(double indexWork, int cores) {
        return new IndexBuild(jobId, index, cores > 1 && work > indexWork / (2.0 * cores), work);
    }

    /** The same build with more behind it. */
    IndexBuild before(double more) {
        return new IndexBuild(jobId, index, parallel, work + more);
    }

    @Override
    public String id() {
        return "index-" + index.oid();
    }

    @Override
    public String step() {
        return "build-index";
    }

    @Override
    public String subject() {
        return index.name() + " of " + index.table();
    }
}
