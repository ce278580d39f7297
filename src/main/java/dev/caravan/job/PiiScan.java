package dev.caravan.job;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A search of a source for personal data.
 *
 * @param id a UUID of version 7
 * @param state where it stands; it is never cancelled
 * @param request what was asked for
 * @param createdAt when it was accepted
 * @param createdBy the name of the caller's key
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param tablesTotal how many tables there are to look at, once that is known
 * @param tablesDone how many of them were looked at
 * @param report what was found, when it succeeded
 * @param error why it failed, when it did
 */
public record PiiScan(
        String id,
        JobState state,
        PiiScanRequest request,
        Instant createdAt,
        Optional<String> createdBy,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        OptionalInt tablesTotal,
        int tablesDone,
        Optional<PiiScanReport> report,
        Optional<Problem> error) {}
