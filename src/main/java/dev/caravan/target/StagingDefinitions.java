package dev.caravan.target;

import dev.caravan.job.Report.LeftOut;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The source's definitions on their way into a staging database, a section at a time. One thread's; {@link #close()} may come from another. */
public final class StagingDefinitions implements AutoCloseable {
    private final TargetServer server;
    private final StagingDatabase staging;
    private final Archive archive;
    private final ArchiveSelection selection;
    private final Ownership ownership;
    private final ArchiveRestore restore;

    StagingDefinitions(
            TargetServer server,
            StagingDatabase staging,
            Archive archive,
            ArchiveSelection selection,
            Ownership ownership,
            ArchiveRestore restore) {
        this.server = server;
        this.staging = staging;
        this.archive = archive;
        this.selection = selection;
        this.ownership = ownership;
        this.restore = restore;
    }

    /** What the archive holds and the target does not get. */
    public List<LeftOut> leftOut() {
        return selection.leftOut();
    }

    /** Restores what comes before the rows. */
    public void restoreSchema() {
        restore.restore(archive, selection.preData());
    }

    /** Attaches partitions' indexes to their parents', once all are built. */
    public void attachIndexes() {
        restore.restore(archive, selection.attachments());
    }

    /** Restores triggers, rules, policies and all the rest that comes after the rows, event triggers apart. */
    public void restoreRest() {
        restore.restore(archive, selection.postData());
    }

    /** Restores event triggers: last, so that they do not see the load. */
    public void restoreEventTriggers() {
        restore.restore(archive, selection.eventTriggers());
    }

    /** Sets owners and privileges where pg_restore did not. @return what could not be set */
    public List<LeftOut> applyOwnership() {
        try (Connection session = staging.open(server)) {
            return ownership.apply(session);
        } catch (SQLException e) {
            throw server.failed(e, "setting owners and privileges");
        }
    }

    /** Ends a restore that runs; none begins any more. */
    @Override
    public void close() {
        restore.close();
    }
}
