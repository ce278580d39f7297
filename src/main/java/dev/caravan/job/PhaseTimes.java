package dev.caravan.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Which phases are open, and how long each took; phases may overlap, and one that is begun again adds up. Thread-safe. */
final class PhaseTimes {
    private final Map<Phase, Instant> open = new EnumMap<>(Phase.class);
    private final Map<Phase, Long> millis = new EnumMap<>(Phase.class);
    private Phase latest;

    /** A phase that is open already goes on. */
    synchronized void begin(Phase phase, Instant now) {
        open.putIfAbsent(phase, now);
        millis.putIfAbsent(phase, 0L);
        latest = phase;
    }

    /** A phase that is not open stays as it is. */
    synchronized void end(Phase phase, Instant now) {
        Instant began = open.remove(phase);
        if (began != null) {
            millis.merge(phase, between(began, now), Long::sum);
        }
    }

    /** The earliest open phase, or the one begun last when none is open; none before the first. */
    synchronized Optional<Phase> current() {
        return open.isEmpty()
                ? Optional.ofNullable(latest)
                : open.keySet().stream().findFirst();
    }

    /** In the order of phases; an open one up to now. */
    synchronized Map<Phase, Long> millis(Instant now) {
        Map<Phase, Long> all = new EnumMap<>(millis);
        open.forEach((phase, began) -> all.merge(phase, between(began, now), Long::sum));
        return Collections.unmodifiableMap(all);
    }

    private static long between(Instant began, Instant now) {
        return Math.max(0, Duration.between(began, now).toMillis());
    }
}
