package dev.caravan.copy;

import dev.caravan.job.CopyRequest;
import dev.caravan.job.RunningJob;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.MaskSettings;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import dev.caravan.source.EmptiedChecks;
import dev.caravan.source.SourceJob;
import dev.caravan.tenant.ScopeFinder;
import dev.caravan.tenant.TableScope;
import dev.caravan.tenant.TakenRows;
import dev.caravan.tenant.TenantProblem;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.TenantSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param masked whether the job masks by its policy, whose conditions count then
     * @return what is taken; absent when that is every row of every table
     * @throws dev.caravan.schema.CaravanException with every problem of the scopes at once; nothing is written yet then
     */
    Optional<TakenRows> resolve(RunningJob job, SourceJob source, Catalog catalog, boolean masked) {
        MaskPolicy policy = policy(job.request(), masked);
        if (!job.request().partial() && policy.tenants().where().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(resolve(job, source, catalog, policy));
    }

    /** The same for a request that must be one for some rows: its policy counts whether it masks or not. */
    TakenRows resolveAlways(RunningJob job, SourceJob source) {
        return resolve(
                job, source, source.catalog(), settings.policy(job.request().maskPolicy()));
    }

    private TakenRows resolve(RunningJob job, SourceJob source, Catalog catalog, MaskPolicy policy) {
        TenantScopes scopes = ScopeFinder.find(catalog, policy, job.request());
        refuseSpellings(job, scopes);
        scopes.warnings().forEach(job.draft()::warn);
        byJob.put(job.id(), new TenantSql(scopes));
        if (!scopes.someRows()) {
            return new TakenRows(scopes);
        }
        TakenRows taken = source.taken(scopes, job::throwIfStopped);
        if (scopes.crossTenant() == CopyRequest.CrossTenant.NULLIFY) {
            new EmptiedChecks(source, catalog, taken, job.draft()::warn).check();
        }
        return taken;
    }

    /** Masked, two spellings of one tenant are two tenants: the new database could not be searched for others' rows. */
    private void refuseSpellings(RunningJob job, TenantScopes scopes) {
        List<TenantProblem> problems = new ArrayList<>();
        for (TableScope scope : scopes.scopes().values()) {
            for (Column column : scopes.relations().get(scope.table()).columns()) {
                if (scope.columns().contains(column.name())
                        && column.facts().nondeterministic()
                        && masks.masks(job.id())
                        && !masks.kept(job.id(), scope.table(), column.name())) {
                    problems.add(new TenantProblem(
                            ErrorCode.TENANT_SCOPE,
                            scope.table() + "." + column.name()
                                    + " tells whose a row is, its collation takes different texts for equal, and it is masked.",
                            "Keep the column with a reason, or name another as tenantKey."));
                }
            }
        }
        TenantProblem.throwIfAny(problems);
    }

    /** A copy that is neither masked nor of some tenants and names no policy is of every row; its empty tables may need virtual keys. */
    private MaskPolicy policy(CopyRequest request, boolean masked) {
        return request.onlyTenants().isPresent() || request.maskPolicy().isPresent() || masked
                ? settings.policy(request.maskPolicy())
                : settings.unnamed().orElse(MaskPolicy.UNDECIDED).unconditioned();
    }

    /** The chosen tenants as texts of a column of the new database: masked, where the job masks the column. */
    public List<String> loaded(String jobId, TableName table, String column) {
        return masks.masked(jobId, table, column, byJob.get(jobId).values(table, column));
    }

    /** Whether the job takes some rows only: of some tenants, by conditions, or of some tables. */
    boolean some(String jobId) {
        return byJob.containsKey(jobId);
    }

    /** Forgets the job. */
    void release(String jobId) {
        byJob.remove(jobId);
    }
}
