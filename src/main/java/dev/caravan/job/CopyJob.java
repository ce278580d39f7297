package dev.caravan.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A copy job as the store knows it.
 *
 * @param id a UUID of version 7, so that ids sort by the time of their making
 * @param state where it stands
 * @param request what was asked
 * @param attempt how often it was begun, 0 while queued
 * @param createdAt when it was accepted
 * @param startedAt when it first ran
 * @param finishedAt when it ended
 * @param progress how far it is
 * @param error why it failed
 * @param version grows with every stored change; the API's entity tag
 * @param schedule whose run it is; absent for a call's
 * @param createdBy the name of the caller's key; absent for a schedule's run
 */
public record CopyJob(
        String id,
        JobState state,
        CopyRequest request,
        int attempt,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Progress progress,
        Optional<Problem> error,
        long version,
        Optional<String> schedule,
        Optional<String> createdBy) {
    /** A job that no schedule made. */
    public CopyJob(
            String id,
            JobState state,
            CopyRequest request,
            int attempt,
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            Progress progress,
            Optional<Problem> error,
            long version) {
        this(
                id,
                state,
                request,
                attempt,
                createdAt,
                startedAt,
                finishedAt,
                progress,
                error,
                version,
                Optional.empty(),
                Optional.empty());
    }
}
