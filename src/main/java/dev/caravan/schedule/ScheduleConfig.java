package dev.caravan.schedule;

import dev.caravan.job.CopyRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A declared schedule.
 *
 * @param name as in {@code caravan.schedule.<name>}
 * @param cron its times
 * @param request what its jobs copy
 * @param body the request as it is sent, JSON
 * @param overlap what happens when its last run is not done
 * @param missed what happens with a time at which no process was there
 * @param missedWithin how late a missed time may still be made up for
 * @param paused whether it makes no jobs until the API says so
 */
public record ScheduleConfig(
        String name,
        Cron cron,
        CopyRequest request,
        String body,
        Overlap overlap,
        Missed missed,
        Duration missedWithin,
        boolean paused) {
    /** What happens at a time when the run before it is not done. */
    public enum Overlap {
        /** Nothing: the next time is the next run. */
        SKIP,
        /** The run begins when the one before it is done. */
        QUEUE
    }

    /** What happens with a time at which no process was there. */
    public enum Missed {
        /** One run, for the latest of them. */
        RUN,
        /** Nothing. */
        SKIP
    }

    /** A time without a trigger of its own, as the night has one in which the clocks go forward, is not missed for so long. */
    private static final Duration MOVED_WITHIN = Duration.ofMinutes(10);

    /** What a schedule's times are, as text: a schedule that has others begins anew. */
    String definition() {
        return cron.expression() + " " + cron.zone();
    }

    private Duration latest(Instant at) {
        return missed == Missed.RUN ? missedWithin : cron.hasTrigger(at) ? Duration.ZERO : MOVED_WITHIN;
    }

    /**
     * The time to make up for.
     *
     * @param now a time is only missed when it is {@code grace} before: until then a trigger may still come
     * @param since times up to here are nobody's
     * @param last the latest time that somebody took
     */
    Optional<Instant> missed(Instant now, Duration grace, Instant since, Optional<Instant> last) {
        return cron.atOrBefore(now.minus(grace))
                .filter(at -> at.isAfter(since))
                .filter(at -> last.isEmpty() || at.isAfter(last.get()))
                .filter(at -> !at.isBefore(now.minus(latest(at))));
    }
}
