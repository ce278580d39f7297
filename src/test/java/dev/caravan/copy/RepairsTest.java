package dev.caravan.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.connection.Connections;
import dev.caravan.job.CopyJob;
import dev.caravan.job.CopyRequest;
import dev.caravan.job.JobRuns;
import dev.caravan.job.JobState;
import dev.caravan.job.JobStore;
import dev.caravan.job.Phases;
import dev.caravan.job.RunningJob;
import dev.caravan.job.RunningJobs;
import dev.caravan.job.StagingMark;
import dev.caravan.job.Store;
import dev.caravan.job.StoreSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever dies at any point between the swap and the job's stored end leaves a mark that tells of the swap. */
class RepairsTest {
    @TempDir
    Path folder;

    private final Clock clock = Clock.systemUTC();

    private Store store() {
        return Store.open(
                new StoreSettings(
                        "jdbc:sqlite:" + folder.resolve("jobs.db"), "", "", "node", Duration.ofSeconds(30), 10),
                clock);
    }

    private static CopyJob create(JobStore store) {
        return store.create(
                        new CopyRequest("from", "to", null, null, null, null, null, null, null, null),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .job();
    }

    @Test
    void theMarkOfASwapStaysUntilTheEndOfItsJobIsStored() {
        try (Store opened = store()) {
            JobStore store = opened.jobs();
            RunningJobs running = new RunningJobs(clock);
            JobRuns runs = new JobRuns(store, running, new Phases(store), Optional.empty(), clock);
            CopyJob job = create(store);
            RunningJob claimed = runs.claim();
            assertEquals(job.id(), claimed.id());
            store.documents().mark(job.id(), new StagingMark("to_caravan_1", Optional.of(1L), "to_before_1", true));
            claimed.swapped();

            new Repairs(store, new Connections(List.of())).tidy(claimed);
            assertTrue(store.documents().mark(job.id()).isPresent(), "killed here, nobody would know of the swap");

            runs.finish(claimed);
            assertEquals(JobState.SUCCEEDED, store.get(job.id()).state());
            assertEquals(Optional.empty(), store.documents().mark(job.id()));
        }
    }

    @Test
    void aJobWhoseTargetIsNoLongerDeclaredEndsWithTheNameOfWhatMayBeThere() {
        try (Store opened = store()) {
            JobStore store = opened.jobs();
            CopyJob job = create(store);
            CopyJob claimed = store.claim().orElseThrow();
            store.documents().mark(job.id(), new StagingMark("to_caravan_1", Optional.of(1L), "to_before_1", false));

            new Repairs(store, new Connections(List.of())).repair(claimed);
            CopyJob ended = store.get(job.id());
            assertEquals(JobState.FAILED, ended.state());
            assertTrue(ended.error().orElseThrow().hint().contains("to_caravan_1"));
            assertTrue(!ended.error().orElseThrow().detail().contains("nothing else was left"));
        }
    }
}
