package dev.caravan.schedule;

import dev.caravan.job.JobState;
import dev.caravan.job.ScheduleFire;
import java.time.Instant;
import java.util.Optional;

/**
 * A schedule as the API shows it.
 *
 * @param missedWithin as ISO 8601 has durations
 * @param next absent while it is paused, or when its expression names no time any more
 * @param last what became of the latest time that was used
 * @param lastSuccessAt when its last run that succeeded ended
 */
public record ScheduleView(
        String name,
        String cron,
        String zone,
        String source,
        String target,
        ScheduleConfig.Overlap overlap,
        ScheduleConfig.Missed missed,
        String missedWithin,
        boolean paused,
        Optional<Instant> next,
        Optional<Run> last,
        Optional<Instant> lastSuccessAt) {
    /**
     * One run, or why there was none.
     *
     * @param at the time that the schedule names
     * @param jobState the job's, when there is one
     * @param code why there is none
     */
    public record Run(
            Instant at,
            ScheduleFire.Outcome outcome,
            Optional<String> jobId,
            Optional<JobState> jobState,
            Optional<String> code,
            Optional<String> hint) {}
}
