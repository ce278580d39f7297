package dev.caravan.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the report of an attempt at a job will say, as it becomes known. Thread-safe. */
public final class ReportDraft {
    private final CopyJob job;
    private final JobMeter meter;
    private final List<String> warnings = new ArrayList<>();
    private final List<Report.ViolatedKey> violatedKeys = new ArrayList<>();
    private final List<Report.LeftOut> leftOut = new ArrayList<>();
    private Optional<Report.Database> source = Optional.empty();
    private Optional<Report.Database> target = Optional.empty();
    private Optional<Instant> snapshotAt = Optional.empty();
    private Report.ForeignKeys foreignKeys = new Report.ForeignKeys(0, 0, List.of());
    private int contentCompared;
    private Optional<Report.Masking> masking = Optional.empty();
    private Optional<TenantReport> tenants = Optional.empty();
    private Optional<LeakReport> leaks = Optional.empty();
    private List<AnonymityReport> anonymity = List.of();

    ReportDraft(CopyJob job, JobMeter meter) {
        this.job = job;
        this.meter = meter;
    }

    public synchronized void warn(String warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    /** Rows of the source violate a key of its own. */
    public synchronized void violated(Report.ViolatedKey key) {
        violatedKeys.add(key);
        warn(key.inWords());
    }

    public synchronized List<Report.ViolatedKey> violatedKeys() {
        return List.copyOf(violatedKeys);
    }

    public synchronized void leftOut(Report.LeftOut object) {
        leftOut.add(object);
    }

    public synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    public synchronized List<Report.LeftOut> leftOut() {
        return List.copyOf(leftOut);
    }

    /** What the report says of the two databases and the snapshot. */
    public synchronized void facts(Report.Database source, Report.Database target, Instant snapshotAt) {
        this.source = Optional.of(source);
        this.target = Optional.of(target);
        this.snapshotAt = Optional.of(snapshotAt);
    }

    /** What VERIFY has found. */
    public synchronized void verified(Report.ForeignKeys keys, int tablesCompared) {
        foreignKeys = keys;
        contentCompared = tablesCompared;
    }

    /** What was masked. */
    public synchronized void masked(Report.Masking what) {
        masking = Optional.of(what);
    }

    /** What the proof of isolation found. */
    public synchronized void isolated(TenantReport what) {
        tenants = Optional.of(what);
    }

    /** What the search for source values found. */
    public synchronized void searched(LeakReport what) {
        leaks = Optional.of(what);
    }

    /** How many rows share their quasi-identifiers. */
    public synchronized void grouped(List<AnonymityReport> what) {
        anonymity = List.copyOf(what);
    }

    /** What is known so far, as the job's report. */
    public synchronized Report report(JobState state) {
        return new Report(
                job.id(),
                state,
                source.orElse(new Report.Database(job.request().source(), "", "", "")),
                target.orElse(new Report.Database(job.request().target(), "", "", "")),
                snapshotAt,
                meter.phaseMillis(),
                meter.tables(),
                foreignKeys,
                warnings,
                leftOut,
                contentCompared,
                masking,
                tenants,
                leaks,
                anonymity,
                Optional.of(new Report.Order(
                        job.createdBy(),
                        job.schedule(),
                        job.createdAt(),
                        job.startedAt(),
                        job.attempt(),
                        job.request())),
                Optional.empty());
    }
}
