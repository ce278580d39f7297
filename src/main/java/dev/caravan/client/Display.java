package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Shows a job on its way. Called by one thread. */
interface Display {
    /** Whether frames should hold the job's tables, which costs calls. */
    boolean wantsTables();

    /**
     * A moment of the job, several a second while it changes.
     *
     * @param json the job as the API gave it
     * @param changed whether the job differs from the frame before
     */
    void frame(Frame frame, JsonNode json, boolean changed);

    /** Something the reader should know now, such as that the service does not answer. */
    void note(String sentence);

    /**
     * The job has ended; called once, after the last frame.
     *
     * @param json the job as the API gave it
     */
    void ended(JobView job, JsonNode json, Optional<ReportView> report);

    /** There is no job, or it was lost from sight; called once, in place of {@link #ended}. */
    void refused(Refusal why);
}
