package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JobStateTest {
    /** The whole machine, written out once more, so that no transition changes by accident. */
    private static final Map<JobState, Set<JobState>> NEXT = Map.of(
            JobState.QUEUED, EnumSet.of(JobState.RUNNING, JobState.CANCELLED),
            JobState.RUNNING, EnumSet.of(JobState.CANCELLING, JobState.FAILED, JobState.SUCCEEDED),
            JobState.CANCELLING, EnumSet.of(JobState.CANCELLED, JobState.FAILED, JobState.SUCCEEDED),
            JobState.CANCELLED, Set.of(),
            JobState.FAILED, Set.of(),
            JobState.SUCCEEDED, Set.of());

    @Test
    void everyStateHasItsFollowersAndNoOther() {
        for (JobState state : JobState.values()) {
            assertEquals(NEXT.get(state), state.next(), state.name());
            for (JobState other : JobState.values()) {
                assertEquals(NEXT.get(other).contains(state), state.previous().contains(other), other + " to " + state);
            }
        }
    }

    @Test
    void aJobHoldsItsTargetUntilItHasEnded() {
        for (JobState state : JobState.values()) {
            assertEquals(!state.terminal(), JobState.active().contains(state), state.name());
        }
        assertEquals(EnumSet.of(JobState.QUEUED, JobState.RUNNING, JobState.CANCELLING), JobState.active());
    }
}
