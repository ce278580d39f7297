package dev.caravan.copy;

import dev.caravan.job.RunningJob;
import dev.caravan.plan.CopyPlan;
import dev.caravan.plan.Part;
import dev.caravan.plan.WorkUnit;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The work boards of the jobs that copy at the moment. Thread-safe. */
public final class WorkBoards {
    /** @param since when a worker took it */
    public record InHand(WorkUnit unit, Instant since) {}

    private final Map<String, WorkBoard> byJob = new ConcurrentHashMap<>();
    private final Map<String, InHand> inHand = new ConcurrentHashMap<>();
    private final Clock clock;

    public WorkBoards(Clock clock) {
        this.clock = clock;
    }

    /** Opens a job's board. @return the units that can begin at once */
    public List<WorkUnit> open(RunningJob job, CopyPlan plan) {
        WorkBoard board = new WorkBoard(plan);
        byJob.put(job.id(), board);
        job.onStop(() -> board.fail(job.stopCause().orElseThrow()));
        return board.begin();
    }

    /** @return foreign keys of and to partitioned tables */
    public List<WorkUnit> lateKeys(RunningJob job) {
        return byJob.get(job.id()).allowLateKeys();
    }

    /** Takes a unit in hand. @return false when it must not be done: its job has ended, or it is done already */
    public boolean take(WorkUnit unit) {
        WorkBoard board = byJob.get(unit.jobId());
        boolean taken = board != null && board.take(unit);
        if (taken) {
            inHand.put(key(unit), new InHand(unit, clock.instant()));
        }
        return taken;
    }

    /** @return the units that can begin now that this one is done */
    public List<WorkUnit> done(WorkUnit unit) {
        inHand.remove(key(unit));
        return byJob.get(unit.jobId()).done(unit);
    }

    /** @return the unit in another form when it is worth another try, else nothing: then the job has failed */
    public List<WorkUnit> failed(WorkUnit unit, Throwable thrown) {
        inHand.remove(key(unit));
        WorkBoard board = byJob.get(unit.jobId());
        Optional<CaravanException> known = CaravanException.in(thrown);
        if (unit instanceof Part part
                && !part.alone()
                && known.map(CaravanException::code)
                        .filter(ErrorCode.ROW_TOO_LARGE::equals)
                        .isPresent()) {
            Part alone = part.withNobodyElse();
            board.putBack(alone);
            return List.of(alone);
        }
        board.failed(known.map(Throwable.class::cast).orElse(thrown));
        return List.of();
    }

    /** Waits until every row is in. */
    public void awaitLoads(RunningJob job) throws InterruptedException {
        byJob.get(job.id()).awaitLoads();
    }

    /** Waits until everything is done that does not wait for partitions' indexes to be attached. */
    public void awaitTables(RunningJob job) throws InterruptedException {
        byJob.get(job.id()).awaitEarlyWork();
    }

    /** Waits until everything is done. */
    public void awaitKeys(RunningJob job) throws InterruptedException {
        byJob.get(job.id()).awaitAll();
    }

    /** Closes the board once nobody works for the job any more; does nothing when there is none. */
    public void release(String jobId) throws InterruptedException {
        WorkBoard board = byJob.get(jobId);
        if (board != null) {
            board.fail(CaravanException.of(ErrorCode.INTERRUPTED, "The job has ended.", "Ask for the job's state."));
            board.awaitIdle();
            byJob.remove(jobId);
        }
    }

    /** What the workers have in hand, longest first. */
    public List<InHand> inHand() {
        return inHand.values().stream()
                .sorted(Comparator.comparing(InHand::since))
                .toList();
    }

    /** Units that wait for a worker. */
    public int waiting() {
        return byJob.values().stream().mapToInt(WorkBoard::waiting).sum();
    }

    private static String key(WorkUnit unit) {
        return unit.jobId() + ' ' + unit.id();
    }
}
