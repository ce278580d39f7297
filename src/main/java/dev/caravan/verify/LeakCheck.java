package dev.caravan.verify;

import dev.caravan.job.LeakReport;
import dev.caravan.job.RunningJob;
import dev.caravan.mask.SearchedRows;
import dev.caravan.mask.SourceValues;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import dev.caravan.target.TargetJob;
import dev.caravan.target.TargetJobs;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * In a masked job: judges whether source values of masked columns were seen on their way to the new database, after looking there for what did not
 * travel. Thread-safe.
 */
public final class LeakCheck {
    /**
     * @param time how long the search of the new database may take; zero for no search at all
     * @param fail whether a hit fails the job; else it is a warning
     */
    public record Settings(Duration time, boolean fail) {}

    /** What a job has gathered and seen. */
    public interface Gathered {
        /** The values to look for; empty in a job that masks nothing. */
        Optional<SourceValues> values(String jobId);

        /** What was searched on its way. */
        SearchedRows searched(String jobId);

        /** Masked columns of which not all values were gathered that were wanted, and why. */
        List<String> withoutValues(String jobId);

        /** Whether a column's values travelled as they are. */
        boolean kept(String jobId, TableName table, String column);
    }

    private final TargetJobs targetJobs;
    private final Gathered gathered;
    private final Settings settings;

    public LeakCheck(TargetJobs targetJobs, Gathered gathered, Settings settings) {
        this.targetJobs = targetJobs;
        this.gathered = gathered;
        this.settings = settings;
    }

    /** @throws CaravanException {@code leak-found} that names columns and counts, never a value */
    public void search(RunningJob job) {
        Optional<SourceValues> values = gathered.values(job.id());
        if (values.isEmpty()) {
            return;
        }
        if (settings.time().isZero()) {
            job.draft().warn("No source values were looked for: caravan.leakCheck.time is 0s.");
            return;
        }
        job.throwIfStopped();
        TargetJob target = targetJobs.of(job.id());
        LeakReport report;
        try (Connection staging = target.staging().open()) {
            staging.setNetworkTimeout(Runnable::run, 0);
            report = new LeakSearch(
                            values.get(),
                            (table, column) -> gathered.kept(job.id(), table, column),
                            settings.time(),
                            job::throwIfStopped)
                    .run(staging, gathered.searched(job.id()), gathered.withoutValues(job.id()));
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
