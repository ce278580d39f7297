package dev.caravan.verify;

import dev.caravan.job.CopyRequest;
import dev.caravan.job.Report;
import dev.caravan.job.RunningJob;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.MaskSettings;
import dev.caravan.mask.VirtualKey;
import dev.caravan.plan.CopyPlan;
import dev.caravan.plan.ForeignKeyBuild;
import dev.caravan.plan.Part;
import dev.caravan.schema.TableName;
import dev.caravan.target.TargetJob;
import dev.caravan.target.TargetJobs;
import dev.caravan.tenant.Selection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** VERIFY, in a job for some tenants: no row of another tenant is in the new database. Stateless. */
public final class Isolation {
    private final TargetJobs targetJobs;
    private final MaskSettings settings;
    private final LoadedTenants tenants;

    /** How the chosen tenants read in the new database. */
    public interface LoadedTenants {
        /** The chosen tenants as texts of a column of the new database: masked, where the job masks the column. */
        List<String> of(String jobId, TableName table, String column);
    }

    public Isolation(TargetJobs targetJobs, MaskSettings settings, LoadedTenants tenants) {
        this.targetJobs = targetJobs;
        this.settings = settings;
        this.tenants = tenants;
    }

    /** @throws dev.caravan.schema.CaravanException {@code tenant-not-isolated} or {@code verification-failed}; nothing to prove when all tenants were copied */
    public void prove(RunningJob job, CopyPlan plan) {
        CopyRequest request = job.request();
        if (request.onlyTenants().isEmpty()) {
            return;
        }
        job.throwIfStopped();
        MaskPolicy policy = settings.policy(request.maskPolicy());
        Set<String> included = plan.parts().stream()
                .filter(part -> part.selection()
                        .filter(selection -> selection.reason() == Selection.Reason.INCLUDED)
                        .isPresent())
                .map(Part::id)
                .collect(Collectors.toSet());
        TenantQuestion question = new TenantQuestion(
                policy.tenants(),
                policy.virtualKeys(),
                (table, column) -> tenants.of(job.id(), table, column),
                (table, key) -> known(job, plan, policy.virtualKeys(), table, key),
                included);
        TargetJob target = targetJobs.of(job.id());
        try (Connection staging = target.staging().open()) {
            staging.setNetworkTimeout(Runnable::run, 0);
            job.draft().isolated(TenantProof.prove(staging, question));
        } catch (SQLException e) {
            throw target.server().failed(e, "proving that no other tenant's row is there");
        }
    }

    /** A key that is NOT VALID on the source itself, or one of several from the same columns, says nothing of rows that come after its own count. */
    private static long known(
            RunningJob job, CopyPlan plan, List<VirtualKey> virtualKeys, TableName table, String key) {
        boolean heldForNothing = plan.foreignKeys().stream()
                        .map(ForeignKeyBuild::key)
                        .anyMatch(it -> !it.validated()
                                && it.table().equals(table)
                                && it.name().equals(key))
                || virtualKeys.stream()
                        .anyMatch(it -> it.oneOfSeveral(virtualKeys)
                                && LoadedKeys.name(it).equals(key));
        return heldForNothing
                ? Long.MAX_VALUE
                : job.draft().violatedKeys().stream()
                        .filter(it -> !it.dropped()
                                && it.table().equals(table)
                                && it.key().equals(key))
                        .mapToLong(Report.ViolatedKey::rows)
                        .sum();
    }
}
