package dev.caravan.copy;

import dev.caravan.connection.ClientTools;
import dev.caravan.job.Beside;
import dev.caravan.job.CopyRequest;
import dev.caravan.job.JobStore;
import dev.caravan.job.RunningJob;
import dev.caravan.plan.CopyPlan;
import dev.caravan.plan.ForeignKeyBuild;
import dev.caravan.plan.IndexBuild;
import dev.caravan.source.SourceJob;
import dev.caravan.source.SourceJobs;
import dev.caravan.target.Archive;
import dev.caravan.target.Carryover;
import dev.caravan.target.DatabaseShape;
import dev.caravan.target.Ownership;
import dev.caravan.target.RestoreLimits;
import dev.caravan.target.StagingDefinitions;
import dev.caravan.target.TargetJob;
import dev.caravan.target.TargetJobs;
import java.util.HashSet;
import java.util.Set;

/** SCHEMA: makes the staging database and the source's definitions in it, up to where the rows come. Stateless. */
public final class SchemaCopy {
    private final JobStore store;
    private final SourceJobs sourceJobs;
    private final TargetJobs targetJobs;
    private final Preparations preparations;
    private final CopySettings settings;

    public SchemaCopy(
            JobStore store,
            SourceJobs sourceJobs,
            TargetJobs targetJobs,
            Preparations preparations,
            CopySettings settings) {
        this.store = store;
        this.sourceJobs = sourceJobs;
        this.targetJobs = targetJobs;
        this.preparations = preparations;
        this.settings = settings;
    }

    /** Makes the staging database, while the source's definitions are read; the store knows its name before it is there. */
    public void createStaging(RunningJob job) {
        job.throwIfStopped();
        TargetJob target = targetJobs.of(job.id());
        SourceJob source = sourceJobs.of(job.id());
        DatabaseShape shape = source.underSnapshot("reading the database's locale", DatabaseShape::of);
        if (job.request().databaseProperties() == CopyRequest.DatabaseProperties.SOURCE) {
            long oid = source.identity().databaseOid();
            target.carryOver(source.underSnapshot(
                    "reading the database's properties", holder -> Carryover.fromSource(holder, oid, target.roles())));
        }
        ClientTools tools = preparations.of(job.id()).tools();
        Beside<Ownership> ownership = Beside.begin(
                "owners of " + job.request().source(),
                () -> source.underSnapshot(
                        "reading owners and privileges",
                        holder -> Ownership.read(holder, target.roles(), source.excluded())));
        Beside<Archive> archive =
                Beside.begin("archive of " + job.request().source(), () -> Archive.read(source.schema(), tools));
        store.documents().mark(job.id(), target.mark(false));
        target.staging().create(shape);
        store.documents().mark(job.id(), target.mark(false));
        target.staging().take(archive.result(), ownership.result());
    }

    /** Restores the definitions that come before the rows. */
    public void restore(RunningJob job, CopyPlan plan) {
        job.throwIfStopped();
        SourceJob source = sourceJobs.of(job.id());
        TargetJob target = targetJobs.of(job.id());
        Preparations.Prepared prepared = preparations.of(job.id());
        RestoreLimits limits = source.underSnapshot("reading what the target may not have", target.staging()::limits);
        StagingDefinitions definitions =
                target.staging().define(prepared.tools(), prepared.run(), builtByUs(plan), limits);
        definitions.leftOut().forEach(job.draft()::leftOut);
        definitions.restoreSchema();
        target.staging().openSessions(plan.workers(), settings.maintenanceWorkMem());
    }

    private static Set<Archive.Id> builtByUs(CopyPlan plan) {
        Set<Archive.Id> ids = new HashSet<>();
        for (IndexBuild build : plan.indexes()) {
            ids.add(Archive.Id.of(build.index()));
        }
        for (ForeignKeyBuild build : plan.foreignKeys()) {
            ids.add(Archive.Id.of(build.key()));
        }
        return ids;
    }
}
