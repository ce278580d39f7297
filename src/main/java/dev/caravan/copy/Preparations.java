package dev.caravan.copy;

import dev.caravan.connection.ClientTools;
import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.Connections;
import dev.caravan.connection.RunDirectory;
import dev.caravan.job.Beside;
import dev.caravan.job.RunningJob;
import dev.caravan.plan.Limits;
import dev.caravan.plan.Preflight;
import dev.caravan.plan.SourceFacts;
import dev.caravan.plan.TargetFacts;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.source.SourceInspection;
import dev.caravan.target.Ownership;
import dev.caravan.target.TargetJob;
import dev.caravan.target.TargetJobs;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** PREFLIGHT: reaches both servers, looks at them, and refuses the job before anything is locked or made. Thread-safe. */
public final class Preparations {
    private final Map<String, Prepared> byJob = new ConcurrentHashMap<>();
    private final Connections connections;
    private final SourceInspection inspection = new SourceInspection();
    private final TargetJobs targetJobs;
    private final CopySettings settings;
    private final Predicate<String> mayUnmask;

    /**
     * What PREFLIGHT leaves to the later steps.
     *
     * @param tools the client programs to use
     * @param run the job's directory for the programs' files
     * @param limits what both servers allow
     * @param mask whether the job masks: asked for, or by default of a production source
     * @param planOnly whether nothing follows the plan
     */
    public record Prepared(ClientTools tools, RunDirectory run, Limits limits, boolean mask, boolean planOnly) {}

    /**
     * @param mayUnmask whether a caller of that name may have a production source copied as it is
     */
    public Preparations(
            Connections connections, TargetJobs targetJobs, CopySettings settings, Predicate<String> mayUnmask) {
        this.mayUnmask = mayUnmask;
        this.connections = connections;
        this.targetJobs = targetJobs;
        this.settings = settings;
    }

    /** Prepares a job that will run: takes the target's lock. */
    public void prepare(RunningJob job) {
        job.throwIfStopped();
        ConnectionConfig source = connections.source(job.request().source());
        ConnectionConfig target = connections.target(job.request().target());
        Beside<SourceFacts> facts = lookAt(source, job);
        targetJobs.enter(job, TargetJob.open(target, job.id(), source, otherSources(source)));
        inspect(job, source, target, facts, false);
    }

    /** Prepares a plan that nothing follows: takes no lock. */
    public void look(RunningJob job) {
        ConnectionConfig source = connections.source(job.request().source());
        ConnectionConfig target = connections.target(job.request().target());
        Beside<SourceFacts> facts = lookAt(source, job);
        targetJobs.enter(job, TargetJob.lookAt(target, job.id(), source, otherSources(source)));
        inspect(job, source, target, facts, true);
    }

    private List<ConnectionConfig> otherSources(ConnectionConfig source) {
        return connections.all().stream()
                .filter(other -> other.role() == ConnectionConfig.Role.SOURCE && !other.equals(source))
                .toList();
    }

    /** Looks at the source while the target is looked at. */
    private Beside<SourceFacts> lookAt(ConnectionConfig source, RunningJob job) {
        return Beside.begin(
                "facts of " + source.name(),
                () -> inspection.inspect(
                        source, "caravan " + job.id(), job.request().exclude()));
    }

    private void inspect(
            RunningJob job,
            ConnectionConfig source,
            ConnectionConfig target,
            Beside<SourceFacts> facts,
            boolean planOnly) {
        boolean mask = job.request().masked(source.production());
        if (source.production()
                && !mask
                && job.job().createdBy().filter(mayUnmask).isEmpty()) {
            throw CaravanException.of(
                    ErrorCode.MASKING_REQUIRED,
                    "The source \"" + source.name() + "\" is classified production.",
                    "Leave mask out, or send true. Only a key with the right unmask may have it copied as it is.");
        }
        TargetJob targetJob = targetJobs.of(job.id());
        SourceFacts sourceFacts = facts.result();
        ClientTools tools = ClientTools.find(sourceFacts.major(), settings.toolDirectories());
        Collection<String> missingRoles = inspection.ask(
                source,
                "caravan " + job.id(),
                "reading owners and privileges",
                session -> Ownership.missingRoles(session, targetJob.roles()));
        TargetFacts targetFacts = targetJob.facts(missingRoles);
        Preflight.Result result = Preflight.judge(
                sourceFacts, targetFacts, job.request(), settings.workers(), Set.copyOf(target.skippedExtensions()));
        result.warnings().forEach(job.draft()::warn);
        tools.warning().ifPresent(job.draft()::warn);
        targetJob.roles().unusableOwner().ifPresent(owner -> job.draft()
                .warn("The login may not act as the configured owner " + owner
                        + " on the target, or there is no such role: the login owns the new database's objects."));
        Limits limits = new Limits(result.workers(), settings.cores(), sourceFacts.major(), targetFacts.major());
        byJob.put(
                job.id(),
                new Prepared(tools, RunDirectory.create(settings.runDirectory(), job.id()), limits, mask, planOnly));
    }

    Prepared of(String jobId) {
        return byJob.get(jobId);
    }

    /** Deletes the job's directory; does nothing when there is none. */
    public void release(String jobId) {
        Prepared prepared = byJob.remove(jobId);
        if (prepared != null) {
            prepared.run().close();
        }
    }
}
