package dev.caravan.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether the job store answers: without it no call and no schedule becomes a job. It is asked by a route every few seconds and not by who
 * looks, so that a store that hangs does not hang them. Thread-safe.
 */
public final class StoreHealth extends AbstractHealthCheck {
    /** A few times of being asked. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Supplier<Instant> answeredAt;
    private final Clock clock;

    /** @param answeredAt when it answered last */
    public StoreHealth(Supplier<Instant> answeredAt, Clock clock) {
        super("caravan", "store");
        this.answeredAt = answeredAt;
        this.clock = clock;
    }

    @Override
    public boolean isLiveness() {
        // A restart of this process does not mend a store.
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Duration silent = Duration.between(answeredAt.get(), clock.instant());
        if (silent.compareTo(PATIENCE) > 0) {
            builder.message("The job store has not answered for " + silent.toSeconds() + " s: see caravan.store.url")
                    .down();
        } else {
            builder.up();
        }
    }
}
