package dev.caravan.job;

import java.time.Clock;
import java.time.Duration;

/** How long this process's jobs stay its own without another heartbeat. Thread-safe. */
public final class Lease {
    private final Duration duration;
    private final Clock clock;

    public Lease(Duration duration, Clock clock) {
        this.duration = duration;
        this.clock = clock;
    }

    /** @return milliseconds since 1970, as the store keeps times */
    public long until() {
        return clock.instant().plus(duration).toEpochMilli();
    }
}
