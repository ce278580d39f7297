package dev.caravan.observe;

import dev.caravan.job.Progress;
import dev.caravan.job.RunningJob;
import dev.caravan.job.RunningJobs;
import dev.caravan.job.TableProgress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;

/** The jobs that this process works on, for a console: to be looked at, not to be changed. Thread-safe. */
@ManagedResource(description = "The copy jobs that this process works on")
public final class JobsBean {
    private final RunningJobs runningJobs;

    public JobsBean(RunningJobs runningJobs) {
        this.runningJobs = runningJobs;
    }

    @ManagedAttribute(description = "How many jobs run here")
    public int getCount() {
        return runningJobs.all().size();
    }

    @ManagedAttribute(description = "Per job: connections, phase, tables done, rows and bytes copied, indexes built")
    public Map<String, Map<String, String>> getJobs() {
        Map<String, Map<String, String>> jobs = new LinkedHashMap<>();
        for (RunningJob job : runningJobs.all()) {
            Progress progress = job.meter().progress();
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("source", job.request().source());
            facts.put("target", job.request().target());
            facts.put("attempt", String.valueOf(job.job().attempt()));
            facts.put("phase", progress.phase() == null ? "" : progress.phase().toString());
            facts.put(
                    "tables",
                    progress.tables().done() + " of " + progress.tables().total());
            facts.put(
                    "indexes",
                    progress.indexes().done() + " of " + progress.indexes().total());
            facts.put("rowsCopied", String.valueOf(progress.rowsCopied()));
            facts.put("bytesCopied", String.valueOf(progress.bytesCopied()));
            jobs.put(job.id(), facts);
        }
        return jobs;
    }

    @ManagedAttribute(description = "Tables that are being copied or indexed now, as job: table rows")
    public List<String> getCurrentTables() {
        return runningJobs.all().stream()
                .flatMap(job -> job.meter().tables().stream()
                        .filter(JobsBean::atWork)
                        .map(table -> job.id() + ": " + table.table() + " " + table.state() + " " + table.rowsCopied()
                                + " rows"))
                .toList();
    }

    private static boolean atWork(TableProgress table) {
        return table.state() == TableProgress.State.COPYING || table.state() == TableProgress.State.INDEXING;
    }
}
