package dev.caravan.detect;

import dev.caravan.job.PiiScan;
import dev.caravan.job.PiiScanReport;
import dev.caravan.job.PiiScanStore;
import dev.caravan.job.Problem;
import dev.caravan.job.RunningJob;
import dev.caravan.mask.MaskSettings;
import dev.caravan.source.SourceJob;
import dev.caravan.source.SourceJobs;
import java.time.Clock;
import java.util.Optional;

/** Runs the searches for personal data: one session on the source, a bounded sample of each table, a bounded time. Thread-safe. */
public final class PiiScans {
    private final SourceJobs sourceJobs;
    private final MaskSettings settings;
    private final PiiScanStore store;
    private final Clock clock;

    public PiiScans(SourceJobs sourceJobs, MaskSettings settings, PiiScanStore store, Clock clock) {
        this.sourceJobs = sourceJobs;
        this.settings = settings;
        this.store = store;
        this.clock = clock;
    }

    /** Runs a waiting search to its end, and stores how it ended; does nothing for one that no longer waits. */
    public void run(String id) {
        Optional<PiiScan> scan = store.start(id);
        if (scan.isEmpty()) {
            return;
        }
        try {
            store.succeeded(id, search(scan.get()));
        } catch (RuntimeException e) {
            store.failed(id, Problem.of(e));
        }
    }

    private PiiScanReport search(PiiScan scan) {
        RunningJob job = RunningJob.rehearsal(scan.id(), scan.request().asCopy(), Optional.empty(), clock);
        try {
            // The snapshot's own session is the only one: the pool beside it opens none until asked.
            SourceJob source = sourceJobs.open(job, 1);
            return new PiiSearch(scan, source, settings, store, clock).run();
        } finally {
            sourceJobs.release(job.id());
        }
    }
}
