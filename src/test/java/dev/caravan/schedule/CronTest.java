package dev.caravan.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CronTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<Instant> between(Cron cron, String from, String to) {
        List<Instant> times = new ArrayList<>();
        Instant end = Instant.parse(to);
        for (Optional<Instant> next = cron.after(Instant.parse(from));
                next.isPresent() && next.get().isBefore(end);
                next = cron.after(next.get())) {
            times.add(next.get());
        }
        return times;
    }

    @Test
    void aNightHasOneRunThoughItsHourIsLeftOutInSpring() {
        // On 28 March 2027 clocks go from 02:00 to 03:00; there is no 02:30.
        List<Instant> times = between(new Cron("0 30 2 * * ?", BERLIN), "2027-03-26T12:00:00Z", "2027-03-30T12:00:00Z");
        assertEquals(4, times.size(), times::toString);
        assertEquals(Instant.parse("2027-03-27T01:30:00Z"), times.get(0));
        assertEquals(LocalDate.of(2027, 3, 28), times.get(1).atZone(BERLIN).toLocalDate());
        assertEquals(Instant.parse("2027-03-28T01:00:00Z"), times.get(1));
        assertEquals(Instant.parse("2027-03-29T00:30:00Z"), times.get(2));
    }

    @Test
    void aTriggerFiresByTheClocksOfTheZoneAndNotAtATimeThatTheirChangeHasMoved() {
        Cron cron = new Cron("0 30 2 * * ?", BERLIN);
        assertTrue(cron.hasTrigger(Instant.parse("2027-01-10T01:30:00Z")));
        assertTrue(cron.hasTrigger(Instant.parse("2027-07-10T00:30:00Z")));
        assertFalse(cron.hasTrigger(Instant.parse("2027-01-10T02:30:00Z")));
        assertFalse(cron.hasTrigger(Instant.parse("2027-03-28T01:00:00Z")));
    }

    @Test
    void aNightHasOneRunThoughItsHourComesTwiceInAutumn() {
        // On 31 October 2027 clocks go from 03:00 back to 02:00; there are two 02:30.
        List<Instant> times = between(new Cron("0 30 2 * * ?", BERLIN), "2027-10-29T12:00:00Z", "2027-11-02T12:00:00Z");
        assertEquals(4, times.size(), times::toString);
        assertEquals(Instant.parse("2027-10-31T00:30:00Z"), times.get(1));
        assertEquals(
                List.of(30, 31, 1, 2),
                times.stream().map(at -> at.atZone(BERLIN).getDayOfMonth()).toList());
    }

    @Test
    void everyNightOfAYearHasOneRunWhicheverHourItIsAt() {
        for (String zone : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")) {
            for (int hour = 0; hour < 5; hour++) {
                ZoneId id = ZoneId.of(zone);
                String cron = "0 30 " + hour + " * * ?";
                List<LocalDate> days =
                        between(new Cron(cron, id), "2027-01-01T12:00:00Z", "2027-12-31T12:00:00Z").stream()
                                .map(at -> at.atZone(id).toLocalDate())
                                .toList();
                assertEquals(364, days.size(), cron + " " + zone);
                assertEquals(364, days.stream().distinct().count(), cron + " " + zone);
            }
        }
    }

    @Test
    void timesThatTheClocksLeaveOutComeAtOnceAndThoseTheyRepeatComeOnce() {
        Cron cron = new Cron("0 0/20 * * * ?", BERLIN);
        assertEquals(
                List.of("2027-03-28T00:40:00Z", "2027-03-28T01:00:00Z", "2027-03-28T01:20:00Z"),
                between(cron, "2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z").stream()
                        .map(Instant::toString)
                        .toList());
        assertEquals(
                List.of("2027-10-31T00:20:00Z", "2027-10-31T00:40:00Z", "2027-10-31T02:00:00Z"),
                between(cron, "2027-10-31T00:10:00Z", "2027-10-31T02:10:00Z").stream()
                        .map(Instant::toString)
                        .toList());
        assertEquals(
                Optional.of(Instant.parse("2027-10-31T00:40:00Z")),
                cron.atOrBefore(Instant.parse("2027-10-31T01:30:00Z")));
    }

    @Test
    void theLastTimeIsTheOneBeforeTheNext() {
        Random random = new Random(42);
        for (String expression :
                List.of("0 0 2 * * ?", "0/7 * * * * ?", "0 15 10 L * ?", "0 0 0 29 2 ?", "0 30 2 ? * SUN")) {
            Cron cron = new Cron(expression, BERLIN);
            for (int i = 0; i < 20; i++) {
                Instant now = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(200_000_000));
                Instant last = cron.atOrBefore(now).orElseThrow();
                assertTrue(!last.isAfter(now));
                assertTrue(cron.after(last).orElseThrow().isAfter(now), expression + " " + now);
                assertEquals(last, cron.atOrBefore(last).orElseThrow());
            }
        }
    }

    @Test
    void anExpressionMayNameNoTimeAnyMore() {
        Cron over = new Cron("0 0 2 * * ? 2020", BERLIN);
        assertEquals(Optional.empty(), over.after(Instant.parse("2026-01-01T00:00:00Z")));
        assertEquals(
                Instant.parse("2020-12-31T01:00:00Z"),
                over.atOrBefore(Instant.parse("2026-01-01T00:00:00Z")).orElseThrow());
        assertEquals(
                Optional.empty(),
                new Cron("0 0 2 * * ? 2098", BERLIN).atOrBefore(Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void aTimeOnceUsedIsTheSameForEveryNodeThatAsksLater() {
        Cron cron = new Cron("0 30 2 * * ?", BERLIN);
        Instant spring = cron.after(Instant.parse("2027-03-27T12:00:00Z")).orElseThrow();
        for (Duration late : List.of(Duration.ZERO, Duration.ofSeconds(3), Duration.ofHours(5))) {
            assertEquals(spring, cron.atOrBefore(spring.plus(late)).orElseThrow());
        }
    }

    @Test
    void whatIsNoExpressionIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Cron("0 2 * * *", BERLIN));
    }
}
