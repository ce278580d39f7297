package dev.caravan.job;

import java.time.Instant;

/**
 * Something that happened to a job.
 *
 * @param sequence grows with every event of the job, from 1
 * @param at when
 * @param type what kind: {@code state}, {@code phase}, {@code table}, {@code warning} or {@code error}
 * @param message one sentence, free of values
 */
public record JobEvent(long sequence, Instant at, Type type, String message) {
    /** Kinds of events. */
    public enum Type {
        STATE,
        PHASE,
        TABLE,
        WARNING,
        ERROR
    }
}
