package dev.caravan.plan;

/** A piece of work that one worker does at a time: the message that is handed out. */
public sealed interface WorkUnit permits Part, IndexBuild, TableFinish, ForeignKeyBuild, LargeObjectBatch {
    /** The job it belongs to. */
    String jobId();

    /** Unique within the job, stable over redelivery. */
    String id();

    /** Estimated work on the critical path behind it, in bytes of plain heap; the largest is handed out first. */
    double work();

    /** The name of the route that does it. */
    String step();

    /** The table, index or key that it is about, for people. */
    String subject();
}
