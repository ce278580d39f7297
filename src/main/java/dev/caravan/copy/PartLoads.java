package dev.caravan.copy;

import dev.caravan.job.RunningJob;
import dev.caravan.job.RunningJobs;
import dev.caravan.mask.RowMask;
import dev.caravan.mask.RowScan;
import dev.caravan.plan.Part;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.source.RowReader;
import dev.caravan.source.SourceJobs;
import dev.caravan.target.PartWriter;
import dev.caravan.target.TargetJob;
import dev.caravan.target.TargetJobs;
import dev.caravan.tenant.ReferencingKey;
import dev.caravan.tenant.Selection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Both ends of each part that is being copied. A part has one thread; different parts have different ones.
 *
 * <p>A row is one array in memory. When one does not fit beside others', its part is tried again with nobody else's rows in memory.
 */
public final class PartLoads {
    private static final int EVERYBODY = 1_000;

    private final Map<String, Load> open = new ConcurrentHashMap<>();
    private final Semaphore heap = new Semaphore(EVERYBODY, true);
    private final RunningJobs runningJobs;
    private final SourceJobs sourceJobs;
    private final TargetJobs targetJobs;
    private final JobMasks jobMasks;

    public PartLoads(RunningJobs runningJobs, SourceJobs sourceJobs, TargetJobs targetJobs, JobMasks jobMasks) {
        this.runningJobs = runningJobs;
        this.sourceJobs = sourceJobs;
        this.targetJobs = targetJobs;
        this.jobMasks = jobMasks;
    }

    private static final class Load {
        private final RunningJob job;
        private final RowReader reader;
        private final PartWriter writer;
        private final RowBatches batches;
        private final Optional<RowMask> mask;
        private final Optional<RowScan> search;
        private final Optional<RowGuard> guard;
        private final long begunNanos = System.nanoTime();
        private long rows;
        private long bytes;

        Load(
                RunningJob job,
                Part part,
                RowReader reader,
                PartWriter writer,
                Optional<RowMask> mask,
                Optional<RowScan> search) {
            this.job = job;
            this.reader = reader;
            this.writer = writer;
            this.mask = mask;
            this.search = search;
            this.guard = part.selection()
                    .flatMap(Selection::guard)
                    .map(guard -> new RowGuard(part, guard))
                    .filter(RowGuard::reads);
            this.batches = new RowBatches(part, reader::next);
        }
    }

    /** Opens both ends. */
    public void begin(Part part) {
        RunningJob job = runningJobs.get(part.jobId());
        job.throwIfStopped();
        heap.acquireUninterruptibly(part.alone() ? EVERYBODY : 1);
        RowReader reader = null;
        try {
            Optional<RowMask> mask = jobMasks.rowMask(part);
            reader = sourceJobs.of(part.jobId()).reader(named(part));
            TargetJob target = targetJobs.of(part.jobId());
            // The operator's own SQL may change any row after the load: then all are searched after it.
            Optional<RowScan> search = target.changesAfterLoad() ? Optional.empty() : jobMasks.rowScan(part);
            PartWriter writer = target.staging().load().writer(part);
            job.meter().partBegan(part.table());
            open.put(key(part), new Load(job, part, reader, writer, mask, search));
        } catch (RuntimeException e) {
            if (reader != null) {
                reader.close();
            }
            heap.release(part.alone() ? EVERYBODY : 1);
            throw e;
        }
    }

    /** Rows that loaded rows reference, named by their keys where these are not too many. */
    private Part named(Part part) {
        Optional<ReferencingKey> key = part.selection().flatMap(Selection::referencing);
        return key.flatMap(it -> targetJobs.of(part.jobId()).staging().load().keys(it.table(), it.column(), it.type()))
                .map(keys -> part.selecting(part.selection().get().by(key.get().among(keys))))
                .orElse(part);
    }

    /** The part's rows, in batches. */
    RowBatches batches(Part part) {
        return load(part).batches;
    }

    /** Looks whether every row of a batch is one that the part may take. */
    void guard(RowBatch batch) {
        Optional<RowGuard> guard = load(batch.part()).guard;
        if (guard.isEmpty()) {
            return;
        }
        int strangers = guard.get().strangers(batch.bytes(), batch.length(), batch.rows());
        if (strangers > 0) {
            throw CaravanException.of(
                            ErrorCode.TENANT_NOT_ISOLATED,
                            "The source sent " + strangers + " rows of "
                                    + batch.part().table() + " that belong to tenants who were not asked for.",
                            "None of them was written, and the old target is as it was. Report this as a defect.")
                    .with("table", batch.part().table().toString());
        }
    }

    /** Masks one batch in place. */
    void mask(RowBatch batch) {
        load(batch.part()).mask.ifPresent(mask -> {
            mask.mask(batch.bytes(), batch.length(), batch.rows());
            batch.hold(mask.bytes(), mask.length(), batch.rows());
        });
    }

    /** Looks through one batch as it is to be written. */
    void search(RowBatch batch) {
        load(batch.part()).search.ifPresent(search -> search.look(batch.bytes(), batch.length(), batch.rows()));
    }

    /** Writes one batch. */
    void write(RowBatch batch) {
        Load load = load(batch.part());
        load.writer.write(batch.bytes(), 0, batch.length());
        load.rows += batch.rows();
        load.bytes += batch.length();
        load.job.meter().batchWritten(batch.part().table(), batch.rows(), batch.length());
    }

    /** Compares the counts of both ends and commits. */
    public void commit(Part part) {
        Load load = load(part);
        if (load.batches.rowsSeen() != load.reader.rows() || load.rows != load.reader.rows()) {
            throw CaravanException.of(
                            ErrorCode.VERIFICATION_FAILED,
                            "The source sent " + load.reader.rows() + " rows of " + part.table() + ", of which "
                                    + load.batches.rowsSeen() + " were received and " + load.rows + " written.",
                            "Report this as a defect; the old target is as it was.")
                    .with("table", part.table().toString());
        }
        load.writer.commit(load.rows);
        load.mask.ifPresent(mask -> jobMasks.count(part, mask));
        load.search.ifPresent(search -> jobMasks.searched(part, search, load.rows));
        load.job.meter().partDone(part.table(), Duration.ofNanos(System.nanoTime() - load.begunNanos));
        load.rows = 0;
        load.bytes = 0;
    }

    /** Closes both ends, and undoes what was not committed. Does nothing for a part that is not open. */
    public void release(Part part) {
        Load load = open.remove(key(part));
        if (load == null) {
            return;
        }
        try {
            load.reader.close();
        } finally {
            try {
                load.writer.close();
            } finally {
                heap.release(part.alone() ? EVERYBODY : 1);
                if (load.rows > 0 || load.bytes > 0) {
                    load.job.meter().partUndone(part.table(), load.rows, load.bytes);
                }
            }
        }
    }

    private Load load(Part part) {
        return open.get(key(part));
    }

    private static String key(Part part) {
        return part.jobId() + "/" + part.id();
    }
}
