package dev.caravan.schedule;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each schedule last succeeded, as a gauge in seconds since 1970-01-01 UTC; not a number until it has. Thread-safe. The store is asked by
 * a route and not by who reads the meters, so that a store that hangs does not hang them.
 */
public final class ScheduleMeters {
    private final Schedules schedules;
    private final Map<String, Double> lastSuccess = new ConcurrentHashMap<>();

    public ScheduleMeters(Schedules schedules) {
        this.schedules = schedules;
    }

    /** Shows the gauges; to be called once. */
    public void showIn(MeterRegistry registry) {
        for (ScheduleConfig config : schedules.configs()) {
            String name = config.name();
            Gauge.builder(
                            "caravan.schedule.last.success.seconds",
                            lastSuccess,
                            seconds -> seconds.getOrDefault(name, Double.NaN))
                    .description("When the schedule's last run that succeeded ended, in seconds since 1970-01-01 UTC")
                    .tag("schedule", name)
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** Asks the store. */
    public void update() {
        for (ScheduleConfig config : schedules.configs()) {
            schedules
                    .lastSuccess(config.name())
                    .map(Instant::getEpochSecond)
                    .ifPresent(seconds -> lastSuccess.put(config.name(), (double) seconds));
        }
    }
}
