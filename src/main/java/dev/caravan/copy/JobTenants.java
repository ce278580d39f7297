package dev.caravan.copy;

import dev.caravan.job.RunningJob;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.MaskSettings;
import dev.caravan.schema.Catalog;
import dev.caravan.source.SourceJob;
import dev.caravan.tenant.ScopeFinder;
import dev.caravan.tenant.TakenRows;
import dev.caravan.tenant.TenantScopes;

/** Finds which rows a partial job takes: from the policy and the catalog what of each table, on the source which rows. Thread-safe. */
public final class JobTenants {
    private final MaskSettings settings;

    public JobTenants(MaskSettings settings) {
        this.settings = settings;
    }

    /**
     * @throws dev.caravan.schema.CaravanException with every problem of the scopes at once; nothing is written yet then
     */
    TakenRows resolve(RunningJob job, SourceJob source, Catalog catalog) {
        MaskPolicy policy = settings.policy(job.request().maskPolicy());
        TenantScopes scopes = ScopeFinder.find(catalog, policy, job.request());
        scopes.warnings().forEach(job::warn);
        return scopes.tenants().isEmpty() ? new TakenRows(scopes) : source.taken(scopes, job::throwIfStopped);
    }
}
