package dev.caravan.copy;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.Identity;
import dev.caravan.job.JobMeter;
import dev.caravan.job.Report;
import dev.caravan.job.RunningJob;
import dev.caravan.plan.CopyPlan;
import dev.caravan.plan.MaskAssignment;
import dev.caravan.plan.Planner;
import dev.caravan.plan.TablePlan;
import dev.caravan.schema.Catalog;
import dev.caravan.source.SourceJob;
import dev.caravan.source.SourceJobs;
import dev.caravan.target.TargetJobs;
import dev.caravan.tenant.TableScope;
import dev.caravan.tenant.TakenRows;
import java.util.Optional;
import java.util.OptionalLong;

/** PLAN: locks the source's tables, takes the snapshot, reads the catalog under it and decides what will be done, while pg_dump reads the definitions. Stateless. */
public final class Planning {
    private final SourceJobs sourceJobs;
    private final TargetJobs targetJobs;
    private final Preparations preparations;
    private final JobMasks jobMasks;
    private final JobTenants jobTenants;
    private final ValueGathering valueGathering;
    private final CopySettings settings;
    private final Planner planner = new Planner();

    public Planning(
            SourceJobs sourceJobs,
            TargetJobs targetJobs,
            Preparations preparations,
            JobMasks jobMasks,
            JobTenants jobTenants,
            ValueGathering valueGathering,
            CopySettings settings) {
        this.sourceJobs = sourceJobs;
        this.targetJobs = targetJobs;
        this.preparations = preparations;
        this.jobMasks = jobMasks;
        this.jobTenants = jobTenants;
        this.valueGathering = valueGathering;
        this.settings = settings;
    }

    public CopyPlan plan(RunningJob job) {
        Preparations.Prepared prepared = preparations.of(job.id());
        SourceJob source = sourceJobs.open(job, prepared.limits().workers());
        if (!prepared.planOnly()) {
            // Beside the plan: the program takes longer to start than most plans take to make.
            source.beginSchema(prepared.tools(), prepared.run(), settings.lockTimeout());
        }
        Catalog catalog = source.catalog();
        Optional<MaskAssignment> masks =
                prepared.mask() ? Optional.of(jobMasks.assign(job, catalog, source.asking())) : Optional.empty();
        Optional<TakenRows> taken = jobTenants.resolve(job, source, catalog, prepared.mask());
        if (prepared.planOnly()) {
            taken.ifPresent(rows -> source.count(rows, job::throwIfStopped));
        }
        CopyPlan plan = planner.plan(
                job.id(), job.request(), catalog, prepared.limits(), job.draft().warnings(), masks, taken);
        if (masks.filter(MaskAssignment::skipsLargeObjects).isPresent()
                && !catalog.largeObjects().isEmpty()) {
            job.draft()
                    .leftOut(new Report.LeftOut(
                            catalog.largeObjects().size() + " large object(s)",
                            "the mask policy says largeObjects: skip"));
        }
        source.excluded().forEach(name -> job.draft()
                .leftOut(new Report.LeftOut(name.toString(), "the request's tables.exclude names it")));
        job.meter()
                .planned(
                        plan.tables().stream()
                                .filter(table -> table.parts() > 0)
                                .map(Planning::planned)
                                .toList(),
                        plan.indexes().size());
        job.draft()
                .facts(
                        database(source.connection(), source.identity()),
                        database(
                                targetJobs.of(job.id()).connection(),
                                targetJobs.of(job.id()).guard().server()),
                        source.snapshotAt());
        if (!prepared.planOnly()) {
            valueGathering.begin(job, source, plan);
        }
        return plan;
    }

    private static Report.Database database(ConnectionConfig connection, Identity server) {
        return new Report.Database(
                connection.name(),
                connection.database(),
                server.systemIdentifier(),
                server.major() + "." + server.serverVersion() % 10_000);
    }

    private static JobMeter.PlannedTable planned(TablePlan table) {
        return new JobMeter.PlannedTable(
                table.table(),
                table.format().sql(),
                table.parts(),
                table.scope().isEmpty() || table.scope().get().rows() == TableScope.Kind.ALL
                        ? OptionalLong.of(table.bytesEstimated())
                        : OptionalLong.empty(),
                table.indexes());
    }
}
