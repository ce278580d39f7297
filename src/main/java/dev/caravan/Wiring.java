package dev.caravan;

import dev.caravan.connection.ConnectionChecks;
import dev.caravan.connection.Connections;
import dev.caravan.connection.RunDirectory;
import dev.caravan.copy.Constraints;
import dev.caravan.copy.JobMasks;
import dev.caravan.copy.JobRelease;
import dev.caravan.copy.JobTenants;
import dev.caravan.copy.LargeObjectCopy;
import dev.caravan.copy.LargestFirst;
import dev.caravan.copy.Mask;
import dev.caravan.copy.MaskPreviews;
import dev.caravan.copy.MaskedKeys;
import dev.caravan.copy.PartLoads;
import dev.caravan.copy.PgCopyComponent;
import dev.caravan.copy.Planning;
import dev.caravan.copy.Preparations;
import dev.caravan.copy.Repairs;
import dev.caravan.copy.RowExplanations;
import dev.caravan.copy.SchemaCopy;
import dev.caravan.copy.SourceWatch;
import dev.caravan.copy.Swapping;
import dev.caravan.copy.TableWork;
import dev.caravan.copy.TargetWatch;
import dev.caravan.copy.TenantFilter;
import dev.caravan.copy.ValueGathering;
import dev.caravan.copy.ValueSearch;
import dev.caravan.copy.WorkBoards;
import dev.caravan.detect.PiiScans;
import dev.caravan.job.Attempts;
import dev.caravan.job.JobRuns;
import dev.caravan.job.JobStore;
import dev.caravan.job.Lease;
import dev.caravan.job.Phases;
import dev.caravan.job.RunningJobs;
import dev.caravan.job.Store;
import dev.caravan.mask.SearchedRows;
import dev.caravan.mask.SourceValues;
import dev.caravan.rest.ReportSigning;
import dev.caravan.schema.TableName;
import dev.caravan.source.SourceJobs;
import dev.caravan.target.TargetJobs;
import dev.caravan.verify.Anonymity;
import dev.caravan.verify.Isolation;
import dev.caravan.verify.LeakCheck;
import dev.caravan.verify.UncheckedKeys;
import dev.caravan.verify.Verification;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Makes every bean that the routes name, from the configuration. The names are the routes'. */
final class Wiring implements CamelConfiguration {
    private final Map<String, String> given;

    /**
     * @param given properties that were set from code
     */
    Wiring(Map<String, String> given) {
        this.given = Map.copyOf(given);
    }

    @Override
    public void configure(CamelContext context) {
        ServiceSettings settings = ServiceSettings.read(context, given);
        Clock clock = Clock.systemUTC();
        Registry registry = context.getRegistry();

        RunDirectory.sweep(settings.copy().runDirectory());
        Store store = Store.open(settings.store(), clock);
        JobStore jobs = store.jobs();
        closeWithService(context, store);
        Connections connections = settings.connections();
        RunningJobs runningJobs = new RunningJobs(clock);
        Phases phases = new Phases(jobs);
        SourceJobs sourceJobs = new SourceJobs(connections, settings.yieldAfter(), clock);
        TargetJobs targetJobs = new TargetJobs();
        Preparations preparations =
                new Preparations(connections, targetJobs, settings.copy(), settings.access()::mayUnmask);
        JobMasks jobMasks = new JobMasks(settings.mask());
        registry.bind("jobMasks", jobMasks);
        registry.bind("maskPreviews", new MaskPreviews(sourceJobs, settings.mask()));
        store.piiScans().giveUpEarlier();
        registry.bind("piiScans", new PiiScans(sourceJobs, settings.mask(), store.piiScans(), clock));
        JobTenants jobTenants = new JobTenants(settings.mask(), jobMasks);
        registry.bind("rowExplanations", new RowExplanations(sourceJobs, jobTenants));
        WorkBoards workBoards = new WorkBoards(clock);
        PartLoads partLoads = new PartLoads(runningJobs, sourceJobs, targetJobs, jobMasks);

        registry.bind("wholeStore", store);
        registry.bind("jobDocuments", jobs.documents());
        registry.bind("connections", connections);
        registry.bind("maskSettings", settings.mask());
        registry.bind("declaredAccess", settings.access());
        registry.bind("store", store.dataSource());
        registry.bind("pruning", store.pruning(settings.retention()));
        registry.bind("workQueue", new LargestFirst().create());
        registry.bind("phases", phases);
        JobRuns jobRuns = new JobRuns(jobs, runningJobs, phases, settings.reports(), clock);
        registry.bind("jobRuns", jobRuns);
        registry.bind("attempts", new Attempts(jobs, runningJobs, jobRuns, phases, settings.attempts()));
        context.addLifecycleStrategy(new JobsEndFirst(jobRuns));
        registry.bind("lease", new Lease(settings.store().lease(), clock));
        registry.bind("preparations", preparations);
        ValueGathering valueGathering =
                new ValueGathering(jobMasks, settings.leakCheck().time());
        registry.bind("valueGathering", valueGathering);
        registry.bind(
                "planning",
                new Planning(
                        sourceJobs, targetJobs, preparations, jobMasks, jobTenants, valueGathering, settings.copy()));
        registry.bind("schemaCopy", new SchemaCopy(jobs, sourceJobs, targetJobs, preparations, settings.copy()));
        registry.bind("workBoards", workBoards);
        registry.bind("partLoads", partLoads);
        registry.bind("tenantFilter", new TenantFilter(partLoads));
        registry.bind("mask", new Mask(partLoads));
        registry.bind("valueSearch", new ValueSearch(partLoads));
        registry.bind("largeObjectCopy", new LargeObjectCopy(sourceJobs, targetJobs));
        registry.bind(
                "tableWork", new TableWork(runningJobs, targetJobs, new MaskedKeys(connections, jobMasks, jobTenants)));
        registry.bind("constraints", new Constraints(sourceJobs, targetJobs));
        registry.bind("verification", new Verification(sourceJobs, targetJobs));
        registry.bind("uncheckedKeys", new UncheckedKeys(sourceJobs, targetJobs, settings.mask()));
        registry.bind("isolation", new Isolation(targetJobs, settings.mask(), jobTenants::loaded));
        registry.bind("leakCheck", new LeakCheck(targetJobs, gathered(jobMasks), settings.leakCheck()));
        registry.bind("anonymity", new Anonymity(targetJobs, settings.mask(), job -> jobMasks.masks(job.id())));
        registry.bind("reportSigning", new ReportSigning(settings.reports()));
        registry.bind("swapping", new Swapping(jobs, targetJobs));
        registry.bind(
                "jobRelease", new JobRelease(workBoards, sourceJobs, targetJobs, preparations, jobMasks, jobTenants));
        registry.bind("sourceWatch", new SourceWatch(runningJobs, sourceJobs));
        registry.bind("targetWatch", new TargetWatch(runningJobs, targetJobs));
        registry.bind("repairs", new Repairs(jobs, connections));
        registry.bind("connectionChecks", new ConnectionChecks(connections));
        ObserveWiring.bind(
                context, store, runningJobs, workBoards, settings.copy().workers(), sourceJobs, targetJobs, clock);
        ScheduleWiring.bind(registry, settings, store, clock);
        context.addComponent("pgcopy", new PgCopyComponent(partLoads));
    }

    private static LeakCheck.Gathered gathered(JobMasks masks) {
        return new LeakCheck.Gathered() {
            @Override
            public Optional<SourceValues> values(String jobId) {
                return masks.sourceValues(jobId);
            }

            @Override
            public SearchedRows searched(String jobId) {
                return masks.searchedRows(jobId);
            }

            @Override
            public List<String> withoutValues(String jobId) {
                return masks.withoutValues(jobId);
            }

            @Override
            public boolean kept(String jobId, TableName table, String column) {
                return masks.kept(jobId, table, column);
            }
        };
    }

    private static void closeWithService(CamelContext context, AutoCloseable closed) {
        try {
            context.addService(new ClosedWithService(closed));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
