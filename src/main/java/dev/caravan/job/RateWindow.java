package dev.caravan.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The mean rate of a growing count over the last few seconds, from samples taken when it is asked for. Thread-safe. */
final class RateWindow {
    private static final Duration LENGTH = Duration.ofSeconds(5);
    /** Closer samples would only make the window longer to keep. */
    private static final Duration APART = Duration.ofMillis(250);

    private record Sample(Instant at, long count) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Begins anew at this count. */
    synchronized void begin(Instant now, long count) {
        samples.clear();
        samples.add(new Sample(now, count));
    }

    /** Per second; 0 until there is a time to divide by, and while a retried part takes back what it had written. */
    synchronized long perSecond(Instant now, long count) {
        if (samples.isEmpty() || now.isBefore(samples.peekLast().at())) {
            // A clock that was set back makes the older samples worthless.
            begin(now, count);
            return 0;
        }
        Instant from = now.minus(LENGTH);
        // The newest sample at or before the window's start stays: the rate then covers the window whole.
        while (samples.size() > 1 && !second().at().isAfter(from)) {
            samples.removeFirst();
        }
        Sample first = samples.peekFirst();
        long millis = Duration.between(first.at(), now).toMillis();
        if (Duration.between(samples.peekLast().at(), now).compareTo(APART) >= 0) {
            samples.addLast(new Sample(now, count));
        }
        return millis <= 0 ? 0 : Math.max(0, Math.round((count - first.count()) * 1000.0 / millis));
    }

    private Sample second() {
        var iterator = samples.iterator();
        iterator.next();
        return iterator.next();
    }
}
