package dev.caravan.verify;

import dev.caravan.job.LeakReport;
import dev.caravan.job.RunningJob;
import dev.caravan.job.RunningJobs;
import dev.caravan.mask.SourceValues;
import dev.caravan.plan.TableSearch;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import dev.caravan.target.TargetJob;
import dev.caravan.target.TargetJobs;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * In a masked job: looks in the new database for source values of masked columns, table by table beside the indexes and to the end in VERIFY. Holds what
 * running jobs have searched. Thread-safe.
 */
public final class LeakCheck {
    /**
     * @param time how long the search may take; zero for no search
     * @param fail whether a hit fails the job; else it is a warning
     */
    public record Settings(Duration time, boolean fail) {}

    /** What a job gathered on its way. */
    public interface Gathered {
        /** The values; empty in a job that masks nothing. */
        Optional<SourceValues> values(String jobId);

        /** Masked columns of which nothing was gathered, and why. */
        List<String> withoutValues(String jobId);

        /** Whether a column's values travelled as they are. */
        boolean kept(String jobId, TableName table, String column);
    }

    private final RunningJobs runningJobs;
    private final TargetJobs targetJobs;
    private final Gathered gathered;
    private final Settings settings;
    private final Map<String, LeakSearch> searches = new ConcurrentHashMap<>();

    public LeakCheck(RunningJobs runningJobs, TargetJobs targetJobs, Gathered gathered, Settings settings) {
        this.runningJobs = runningJobs;
        this.targetJobs = targetJobs;
        this.gathered = gathered;
        this.settings = settings;
    }

    /** Searches one table while others are indexed; what is found is told in VERIFY, with all the rest. */
    public void searchTable(TableSearch unit) {
        RunningJob job = runningJobs.get(unit.jobId());
        job.throwIfStopped();
        TargetJob target = targetJobs.of(job.id());
        // The operator's own SQL may change any table later: then all are searched after it.
        if (settings.time().isZero() || target.changesAfterLoad()) {
            return;
        }
        Optional<LeakSearch> search = search(job.id(), job::throwIfStopped);
        if (search.isPresent()) {
            target.staging().load().read("looking for source values", session -> search.get()
                    .search(session, unit.table()));
        }
    }

    private Optional<LeakSearch> search(String jobId, Runnable stopped) {
        return gathered.values(jobId)
                .map(values -> searches.computeIfAbsent(
                        jobId,
                        unused -> new LeakSearch(
                                values,
                                (table, column) -> gathered.kept(jobId, table, column),
                                settings.time(),
                                stopped)));
    }

    /** Forgets what was searched in an attempt. */
    public void release(RunningJob job) {
        searches.remove(job.id());
    }

    /** @throws CaravanException {@code leak-found} that names columns and counts, never a value */
    public void search(RunningJob job) {
        if (gathered.values(job.id()).isEmpty()) {
            return;
        }
        if (settings.time().isZero()) {
            job.draft().warn("Nothing was looked for after the load: caravan.leakCheck.time is 0s.");
            return;
        }
        job.throwIfStopped();
        TargetJob target = targetJobs.of(job.id());
        LeakReport report;
        try (Connection staging = target.staging().open()) {
            staging.setNetworkTimeout(Runnable::run, 0);
            report = search(job.id(), job::throwIfStopped)
                    .orElseThrow()
                    .finish(staging, gathered.withoutValues(job.id()));
        } catch (SQLException e) {
            throw target.server().failed(e, "looking for source values");
        }
        job.draft().searched(report);
        if (!report.hits().isEmpty()) {
            String where = report.hits().stream()
                    .limit(10)
                    .map(hit -> hit.column() + " in " + hit.where() + " (" + hit.count() + ")")
                    .collect(Collectors.joining("; "));
            String detail = "Source values of masked columns are in the new database: " + where + ".";
            if (settings.fail()) {
                throw CaravanException.of(
                        ErrorCode.LEAK_FOUND,
                        detail,
                        "The old target is as it was. Mask the places named as well; where they hold such values by design, set"
                                + " caravan.leakCheck.onHit = warn.");
            }
            job.draft().warn(detail);
        }
    }
}
