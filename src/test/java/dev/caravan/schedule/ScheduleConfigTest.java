package dev.caravan.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caravan.job.CopyRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which time a service makes up for. */
class ScheduleConfigTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TWO = Instant.parse("2027-05-10T02:00:00Z");

    private static ScheduleConfig config(ScheduleConfig.Missed missed, String cron, String zone) {
        return new ScheduleConfig(
                "nightly",
                new Cron(cron, ZoneId.of(zone)),
                CopyRequest.of("a", "b"),
                "{}",
                ScheduleConfig.Overlap.SKIP,
                missed,
                Duration.ofHours(12),
                false);
    }

    private static Optional<Instant> missed(Instant now, Instant since, Instant last) {
        return config(ScheduleConfig.Missed.RUN, "0 0 2 * * ?", "UTC")
                .missed(now, GRACE, since, Optional.ofNullable(last));
    }

    @Test
    void aTimeThatNobodyTookIsMadeUpFor() {
        assertEquals(Optional.of(TWO), missed(TWO.plus(Duration.ofHours(5)), LONG_AGO, null));
        assertEquals(Optional.of(TWO), missed(TWO.plus(Duration.ofHours(5)), LONG_AGO, TWO.minus(Duration.ofDays(1))));
    }

    @Test
    void ofManyMissedTimesOnlyTheLatestIs() {
        assertEquals(Optional.of(TWO), missed(TWO.plus(Duration.ofHours(1)), LONG_AGO, TWO.minus(Duration.ofDays(9))));
    }

    @Test
    void aTimeThatSomebodyTookIsNot() {
        assertEquals(Optional.empty(), missed(TWO.plus(Duration.ofHours(5)), LONG_AGO, TWO));
        assertEquals(Optional.empty(), missed(TWO.plus(Duration.ofHours(5)), LONG_AGO, TWO.plus(Duration.ofHours(1))));
    }

    @Test
    void aTimeTooLongAgoIsNot() {
        assertEquals(Optional.of(TWO), missed(TWO.plus(Duration.ofHours(12)), LONG_AGO, null));
        assertEquals(Optional.empty(), missed(TWO.plus(Duration.ofHours(12)).plusMillis(1), LONG_AGO, null));
    }

    @Test
    void aTimeBeforeTheScheduleWasThereIsNot() {
        assertEquals(Optional.empty(), missed(TWO.plus(Duration.ofHours(5)), TWO, null));
        assertEquals(Optional.of(TWO), missed(TWO.plus(Duration.ofHours(5)), TWO.minusMillis(1), null));
    }

    @Test
    void aTimeWhoseTriggerMayStillComeIsNot() {
        assertEquals(Optional.empty(), missed(TWO.plus(GRACE).minusMillis(1), LONG_AGO, TWO.minus(Duration.ofDays(1))));
        assertEquals(Optional.of(TWO), missed(TWO.plus(GRACE), LONG_AGO, TWO.minus(Duration.ofDays(1))));
    }

    @Test
    void nothingIsWhenTheScheduleSaysSo() {
        assertEquals(
                Optional.empty(),
                config(ScheduleConfig.Missed.SKIP, "0 0 2 * * ?", "UTC")
                        .missed(TWO.plus(Duration.ofHours(5)), GRACE, LONG_AGO, Optional.empty()));
    }

    /** Quartz names no time in that night, so its trigger does not come. */
    @Test
    void theNightInWhichTheClocksGoForwardHasItsRunEvenWhenNothingIsMadeUpFor() {
        ScheduleConfig config = config(ScheduleConfig.Missed.SKIP, "0 30 2 * * ?", "Europe/Berlin");
        Instant jump = Instant.parse("2027-03-28T01:00:00Z");
        assertEquals(Optional.of(jump), config.missed(jump.plusSeconds(40), GRACE, LONG_AGO, Optional.empty()));
        assertEquals(Optional.empty(), config.missed(jump.plusSeconds(40), GRACE, LONG_AGO, Optional.of(jump)));
        assertEquals(Optional.empty(), config.missed(jump.plusSeconds(3600), GRACE, LONG_AGO, Optional.empty()));
    }

    @Test
    void aNightThatWasMissedWhileTheClocksChangedIsMadeUpForOnce() {
        ScheduleConfig config = config(ScheduleConfig.Missed.RUN, "0 30 2 * * ?", "Europe/Berlin");
        for (String morning : new String[] {"2027-03-28T06:00:00Z", "2027-10-31T06:00:00Z"}) {
            Instant now = Instant.parse(morning);
            Instant missed =
                    config.missed(now, GRACE, LONG_AGO, Optional.empty()).orElseThrow();
            assertEquals(Optional.empty(), config.missed(now, GRACE, LONG_AGO, Optional.of(missed)));
            assertEquals(
                    Optional.empty(),
                    config.missed(now.plus(Duration.ofHours(3)), GRACE, LONG_AGO, Optional.of(missed)));
        }
    }
}
