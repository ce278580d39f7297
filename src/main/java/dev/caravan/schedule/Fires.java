package dev.caravan.schedule;

import dev.caravan.job.Problem;
import dev.caravan.job.ScheduleFire;
import dev.caravan.job.ScheduleFire.Outcome;
import dev.caravan.job.ScheduleStore;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The times of schedules on their way to becoming jobs; the route {@code run-fire} has the order. Thread-safe. */
public final class Fires {
    private static final Logger LOG = LoggerFactory.getLogger(Fires.class);
    /** How late a trigger may come, and how long a node may take to make a job of a time. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Set<ErrorCode> PASSING = EnumSet.of(ErrorCode.TARGET_BUSY, ErrorCode.QUEUE_FULL);

    private final Schedules schedules;
    private final ScheduleStore store;
    private final Clock clock;

    public Fires(Schedules schedules, ScheduleStore store, Clock clock) {
        this.schedules = schedules;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Takes the time for which the trigger fired.
     *
     * @param scheduled when the trigger should have fired
     * @return null when the schedule is paused, or another node has the time
     */
    public ScheduleFire claim(String schedule, Date scheduled) {
        ScheduleConfig config = schedules.config(schedule);
        if (schedules.paused(config)) {
            return null;
        }
        // A trigger that comes late may name the time of its coming; the key has to be one that every node comes to.
        Instant at = config.cron().atOrBefore(scheduled.toInstant()).orElse(scheduled.toInstant());
        return store.claim(schedule, at) ? claimed(schedule, at) : null;
    }

    /** Times that are to become jobs although no trigger comes: missed ones, waiting ones, and those that a lost node had taken. */
    public List<ScheduleFire> due() {
        List<ScheduleFire> due = new ArrayList<>();
        for (ScheduleConfig config : schedules.configs()) {
            missed(config).filter(at -> store.claim(config.name(), at)).ifPresent(at -> {
                LOG.info("Schedule {} makes up for its run of {}", config.name(), at);
                due.add(claimed(config.name(), at));
            });
        }
        if (!schedules.configs().isEmpty()) {
            for (ScheduleFire open : store.open(GRACE)) {
                if (runs(open.schedule()) && free(open) && store.claimAgain(open, GRACE)) {
                    due.add(open);
                }
            }
        }
        return due;
    }

    /**
     * A time for a run on demand, which nobody else has.
     *
     * @throws CaravanException {@code not-found}
     */
    public ScheduleFire onDemand(String name) {
        return new ScheduleFire(
                schedules.config(name).name(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                ScheduleFire.Outcome.STARTED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Keeps a run on demand that has become a job. */
    public void keep(ScheduleFire fire) {
        if (store.claim(fire.schedule(), fire.at())) {
            store.started(fire);
        }
    }

    private Optional<Instant> missed(ScheduleConfig config) {
        if (schedules.paused(config)) {
            return Optional.empty();
        }
        return config.missed(
                clock.instant(),
                GRACE,
                store.standing(config.name()).since(),
                store.last(config.name()).map(ScheduleFire::at));
    }

    private boolean runs(String schedule) {
        return schedules.declared(schedule) && !schedules.paused(schedules.config(schedule));
    }

    /** A waiting time is left alone while the run before it goes on, so that its row is not written every few seconds. */
    private boolean free(ScheduleFire open) {
        return open.outcome() != Outcome.WAITING || store.activeBeside(open).isEmpty();
    }

    /** @throws CaravanException {@code target-busy} when the schedule's last run is not done */
    public void refuseOverlap(ScheduleFire fire) {
        store.activeBeside(fire).ifPresent(job -> {
            throw CaravanException.of(
                            ErrorCode.TARGET_BUSY,
                            "The schedule's last run, job " + job + ", is not done.",
                            "Give the schedule more time between its runs, or set overlap = queue.")
                    .with("jobId", job);
        });
    }

    /** Whose time it is. */
    public String schedule(ScheduleFire fire) {
        return fire.schedule();
    }

    /** What makes a second try of the same time the same job. */
    public String key(ScheduleFire fire) {
        return fire.idempotencyKey();
    }

    /** The body that a call would send. */
    public String request(ScheduleFire fire) {
        return schedules.config(fire.schedule()).body();
    }

    /** The time has become a job. */
    public void started(ScheduleFire fire) {
        store.started(fire);
    }

    /** The time has not become a job, or not yet. */
    public void notStarted(ScheduleFire fire, Throwable thrown) {
        Problem why = Problem.of(thrown);
        ErrorCode code = CaravanException.in(thrown).map(CaravanException::code).orElse(ErrorCode.INTERNAL);
        if (code == ErrorCode.DATABASE) {
            // The store did not answer; the time is still this node's, and counts as left when it stays so.
            LOG.warn("Schedule {} could make no job at {} yet: {}", fire.schedule(), fire.at(), why.detail());
            return;
        }
        Outcome outcome = outcome(fire, code);
        store.notStarted(fire, outcome, why);
        if (outcome != Outcome.WAITING) {
            LOG.warn("Schedule {} made no job at {}: {} {}", fire.schedule(), fire.at(), outcome, why.code());
        }
    }

    private Outcome outcome(ScheduleFire fire, ErrorCode code) {
        boolean queue = schedules.config(fire.schedule()).overlap() == ScheduleConfig.Overlap.QUEUE;
        if (queue && PASSING.contains(code)) {
            // One that waits is enough: what it copies then is as fresh as what a second one would.
            return store.anotherWaits(fire) ? Outcome.SKIPPED : Outcome.WAITING;
        }
        boolean ownRun =
                code == ErrorCode.TARGET_BUSY && store.activeBeside(fire).isPresent();
        return ownRun ? Outcome.SKIPPED : Outcome.REFUSED;
    }

    private static ScheduleFire claimed(String schedule, Instant at) {
        return new ScheduleFire(schedule, at, Outcome.CLAIMED, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
