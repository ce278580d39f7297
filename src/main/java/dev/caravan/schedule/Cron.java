package dev.caravan.schedule;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * The times that a Quartz cron expression names in a zone, each night's once. Where the clocks go forward, a time that they leave out comes at
 * the moment of their jump; where they go back, a time that comes twice is the first. Quartz itself leaves such a night out in spring, so
 * that its trigger alone would not do.
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
        parsed(expression, ZoneOffset.UTC);
    }

    /** The first time after {@code instant}; none when the expression names none any more. */
    public Optional<Instant> after(Instant instant) {
        // Asked about clocks that never change, Quartz is exact; what the zone's clocks make of its answer is decided
        // here.
        CronExpression clock = parsed(expression, ZoneOffset.UTC);
        Date shown = Date.from(LocalDateTime.ofInstant(instant, zone).toInstant(ZoneOffset.UTC));
        while ((shown = clock.getNextValidTimeAfter(shown)) != null) {
            Instant at = at(LocalDateTime.ofInstant(shown.toInstant(), ZoneOffset.UTC));
            // Several times that the clocks leave out come at one moment, and some of the hour that they repeat are
            // over.
            if (at.isAfter(instant)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
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

    /** Whether Quartz's own trigger fires at this time: not at one that the change of the clocks has moved. */
    boolean hasTrigger(Instant at) {
        return parsed(expression, zone).isSatisfiedBy(Date.from(at));
    }

    private Instant at(LocalDateTime shown) {
        ZoneOffsetTransition change = zone.getRules().getTransition(shown);
        return change != null && change.isGap()
                ? change.getInstant()
                : shown.atZone(zone).toInstant();
    }

    private static CronExpression parsed(String expression, ZoneId zone) {
        try {
            CronExpression parsed = new CronExpression(expression);
            parsed.setTimeZone(TimeZone.getTimeZone(zone));
            return parsed;
        } catch (ParseException e) {
            throw new IllegalArgumentException("no cron expression", e);
        }
    }
}
