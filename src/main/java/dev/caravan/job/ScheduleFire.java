package dev.caravan.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A time of a schedule, and what became of it.
 *
 * @param schedule the schedule's name
 * @param at the time that the schedule names; of a run on demand, when it was asked for
 * @param outcome what became of it
 * @param jobId the job it made
 * @param code why it made none, as an error code
 * @param hint what to do about that
 */
public record ScheduleFire(
        String schedule,
        Instant at,
        Outcome outcome,
        Optional<String> jobId,
        Optional<String> code,
        Optional<String> hint) {
    /** What can become of a time. */
    public enum Outcome {
        /** A node has it, and makes a job of it just now. */
        CLAIMED,
        /** It becomes a job when the run before it is done. */
        WAITING,
        /** It became a job. */
        STARTED,
        /** The run before it was not done. */
        SKIPPED,
        /** The job was refused, as a call might be. */
        REFUSED
    }

    /** The idempotency key of its job. The blanks keep it apart from every key that a caller can send. */
    public String idempotencyKey() {
        return "schedule " + schedule + " " + at;
    }
}
