package dev.caravan.copy;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.Connections;
import dev.caravan.job.RunningJob;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.TableName;
import dev.caravan.source.SourceInspection;
import dev.caravan.target.Orphans;
import java.util.List;

/**
 * Keys that do not hold in the new database although rows were chosen or masked so that they should. Where the source's own rows violate them, what the
 * request says is done; else masking has put rows apart that belong together, or a row is missing, and the copy is not to be used. Stateless.
 */
public final class MaskedKeys {
    private final Connections connections;
    private final JobMasks jobMasks;
    private final JobTenants jobTenants;
    private final SourceInspection inspection = new SourceInspection();

    public MaskedKeys(Connections connections, JobMasks jobMasks, JobTenants jobTenants) {
        this.connections = connections;
        this.jobMasks = jobMasks;
        this.jobTenants = jobTenants;
    }

    /**
     * @param rows how many rows violate the key in the new database
     * @throws CaravanException {@code verification-failed} when they are more than in the source, which is asked as it is now
     */
    void judge(RunningJob job, ForeignKey key, long rows) {
        boolean masked = masked(job.id(), key.table(), key.columns())
                || masked(job.id(), key.referenced(), key.referencedColumns());
        if (!masked && !jobTenants.some(job.id())) {
            return;
        }
        ConnectionConfig source = connections.source(job.request().source());
        long own = inspection.ask(
                source,
                "caravan " + job.id(),
                "counting the rows that violate a key",
                session -> Orphans.count(session, key));
        if (own < rows) {
            throw CaravanException.of(
                            ErrorCode.VERIFICATION_FAILED,
                            "The foreign key " + key.name() + " of " + key.table()
                                    + (masked
                                            ? " does not hold for masked values: "
                                            : " does not hold in the new database: ")
                                    + rows
                                    + (rows == 1 ? " row references" : " rows reference") + " nothing by "
                                    + String.join(", ", key.columns()) + ", in the source " + own + ".",
                            "The old target is as it was. If such rows were corrected on the source while the job ran, run it again. "
                                    + (masked
                                            ? "Else choose another masker for the key, or keep it; if the masker is one of Caravan's, report this as a defect."
                                            : "Else report this as a defect."))
                    .with("table", key.table().toString())
                    .with("constraint", key.name());
        }
    }

    private boolean masked(String jobId, TableName table, List<String> columns) {
        return jobMasks.masks(jobId) && columns.stream().anyMatch(column -> !jobMasks.kept(jobId, table, column));
    }
}
