package dev.caravan.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What is kept with a job as JSON: the mark of what it may have left, its plan, its report. Thread-safe; names a missing job as {@code not-found}. */
public final class JobDocuments {
    private final StoreDatabase database;
    private final JobReads reads;

    JobDocuments(StoreDatabase database, JobReads reads) {
        this.database = database;
        this.reads = reads;
    }

    /** Stores what may have to be tidied up after this job, in place of what was stored before. */
    public void mark(String id, StagingMark mark) {
        keep(id, "mark", JobRows.json(mark));
    }

    public Optional<StagingMark> mark(String id) {
        return reads.text(id, "mark", StagingMark.class);
    }

    /** Nothing is left to be tidied up after this job. */
    public void unmark(String id) {
        keep(id, "mark", (String) null);
    }

    public void saveReport(String id, Report report) {
        keep(id, "report", JobRows.json(report));
    }

    /** The report of a job that has one: a job that never ran has none. */
    public Optional<Report> report(String id) {
        return reads.text(id, "report", Report.class);
    }

    /** @param plan a record that is written as JSON */
    public void savePlan(String id, Object plan) {
        keep(id, "plan", JobRows.json(plan));
    }

    /** What the job was planned to do, as JSON; absent before it is planned. */
    public Optional<JsonNode> planJson(String id) {
        return reads.text(id, "plan", JsonNode.class);
    }

    /** The report as it was stored, whatever release wrote it. */
    public Optional<JsonNode> reportJson(String id) {
        return reads.text(id, "report", JsonNode.class);
    }

    private void keep(String id, String column, String json) {
        String update = "UPDATE copy_job SET " + column + " = ?, version = version + 1 WHERE id = ?";
        int kept = database.transaction(
                "storing a job's " + column, connection -> Statements.update(connection, update, json, id));
        if (kept == 0) {
            throw JobReads.notFound(id);
        }
    }
}
