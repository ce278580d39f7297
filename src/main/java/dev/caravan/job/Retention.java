package dev.caravan.job;

import java.time.Duration;
import java.util.Optional;

/**
 * How long the store keeps what is over.
 *
 * @param jobs from a job's end; absent for ever
 * @param audit from the event; absent for ever
 */
public record Retention(Optional<Duration> jobs, Optional<Duration> audit) {
    public Retention {
        if (jobs.stream().anyMatch(Duration::isNegative) || audit.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("nothing is kept for less than no time");
        }
    }
}
