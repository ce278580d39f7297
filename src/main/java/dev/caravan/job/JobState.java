package dev.caravan.job;

import java.util.EnumSet;
import java.util.Set;

/** Where a job stands in its life. The only transitions are those of {@link #next()}. */
public enum JobState {
    QUEUED,
    RUNNING,
    CANCELLING,
    CANCELLED,
    FAILED,
    SUCCEEDED;

    /** The states that may follow this one; a job that is cancelled too late may still succeed. */
    public Set<JobState> next() {
        return switch (this) {
            case QUEUED -> EnumSet.of(RUNNING, CANCELLED);
            case RUNNING -> EnumSet.of(CANCELLING, FAILED, SUCCEEDED);
            case CANCELLING -> EnumSet.of(CANCELLED, FAILED, SUCCEEDED);
            case CANCELLED, FAILED, SUCCEEDED -> EnumSet.noneOf(JobState.class);
        };
    }

    /** The states from which this one may be entered. */
    public Set<JobState> previous() {
        Set<JobState> previous = EnumSet.noneOf(JobState.class);
        for (JobState state : values()) {
            if (state.next().contains(this)) {
                previous.add(state);
            }
        }
        return previous;
    }

    /** Whether the job has ended for good. */
    public boolean terminal() {
        return next().isEmpty();
    }

    /** The states in which a process works on the job. */
    public static Set<JobState> held() {
        return EnumSet.of(RUNNING, CANCELLING);
    }

    /** The states in which a job holds its target. */
    public static Set<JobState> active() {
        return EnumSet.of(QUEUED, RUNNING, CANCELLING);
    }

    /** From which a job does not move any more. */
    public static Set<JobState> ended() {
        return EnumSet.complementOf(EnumSet.copyOf(active()));
    }
}
