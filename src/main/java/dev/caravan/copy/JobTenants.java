package dev.caravan.copy;

import dev.caravan.job.CopyRequest;
import dev.caravan.job.RunningJob;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.MaskSettings;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.TableName;
import dev.caravan.source.SourceJob;
import dev.caravan.tenant.ScopeFinder;
import dev.caravan.tenant.TakenRows;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.TenantSql;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds which rows a partial job takes: from the policy and the catalog what of each table, on the source which rows. Thread-safe. */
public final class JobTenants {
    private final Map<String, TenantSql> byJob = new ConcurrentHashMap<>();
    private final MaskSettings settings;
    private final JobMasks masks;

    public JobTenants(MaskSettings settings, JobMasks masks) {
        this.settings = settings;
        this.masks = masks;
    }

    /**
     * @throws dev.caravan.schema.CaravanException with every problem of the scopes at once; nothing is written yet then
     */
    TakenRows resolve(RunningJob job, SourceJob source, Catalog catalog) {
        MaskPolicy policy = policy(job.request());
        TenantScopes scopes = ScopeFinder.find(catalog, policy, job.request());
        scopes.warnings().forEach(job.draft()::warn);
        byJob.put(job.id(), new TenantSql(scopes));
        return scopes.tenants().isEmpty() ? new TakenRows(scopes) : source.taken(scopes, job::throwIfStopped);
    }

    /** Which tables stay empty can be asked for without any policy; where one is meant, its virtual keys count. */
    private MaskPolicy policy(CopyRequest request) {
        return request.onlyTenants().isPresent() || request.maskPolicy().isPresent()
                ? settings.policy(request.maskPolicy())
                : settings.unnamed().orElse(MaskPolicy.UNDECIDED);
    }

    /** The chosen tenants as texts of a column of the new database: masked, where the job masks the column. */
    public List<String> loaded(String jobId, TableName table, String column) {
        return masks.masked(jobId, table, column, byJob.get(jobId).values(table, column));
    }

    /** Forgets the job. */
    void release(String jobId) {
        byJob.remove(jobId);
    }
}
