package dev.caravan.schedule;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * The times that a Quartz cron expression names in a zone: those at which the route's trigger fires, since both ask the same class.
 *
 * @param expression such as {@code 0 0 2 * * ?}
 * @param zone whose clocks it means
 */
public record Cron(String expression, ZoneId zone) {
    /** An expression that names no time for so long names none. */
    private static final Duration FARTHEST = Duration.ofDays(366L * 9);

    private static final Duration NEAREST = Duration.ofMinutes(1);

    /** @throws IllegalArgumentException for what is no cron expression */
    public Cron {
        try {
            new CronExpression(expression);
        } catch (ParseException e) {
            throw new IllegalArgumentException("no cron expression", e);
        }
    }

    /** The first time after {@code instant}; none when the expression names none any more. */
    public Optional<Instant> after(Instant instant) {
        return Optional.ofNullable(parsed().getNextValidTimeAfter(Date.from(instant)))
                .map(Date::toInstant);
    }

    /** The last time at or before {@code instant}; none when there was none in nine years. */
    public Optional<Instant> atOrBefore(Instant instant) {
        // Quartz only looks ahead, so look ahead from ever earlier.
        for (Duration back = NEAREST; back.compareTo(FARTHEST) <= 0; back = back.multipliedBy(4)) {
            Optional<Instant> next = after(instant.minus(back));
            Optional<Instant> last = Optional.empty();
            while (next.isPresent() && !next.get().isAfter(instant)) {
                last = next;
                next = after(next.get());
            }
            if (last.isPresent()) {
                return last;
            }
        }
        return Optional.empty();
    }

    private CronExpression parsed() {
        try {
            CronExpression parsed = new CronExpression(expression);
            parsed.setTimeZone(TimeZone.getTimeZone(zone));
            return parsed;
        } catch (ParseException e) {
            throw new IllegalStateException("was parsed before", e);
        }
    }
}
