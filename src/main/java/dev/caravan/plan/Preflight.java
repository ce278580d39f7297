package dev.caravan.plan;

import dev.caravan.job.CopyRequest;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Judges the facts: what refuses the job, and what is only worth a warning. Every refusal is collected; the first one's code
 * is the error's, the others stand in its {@code problems}.
 */
public final class Preflight {
    /** The first major whose catalogs this project reads. */
    static final int OLDEST_MAJOR = 13;
    /** The newest major that this project was made for. */
    static final int NEWEST_MAJOR = 18;
    /** Sessions of a job beside its workers: the snapshot's holder and pg_dump; the lock and pg_restore. */
    private static final int SESSIONS_BESIDE_WORKERS = 2;

    private final SourceFacts source;
    private final TargetFacts target;
    private final Refusals refusals = new Refusals();
    private final List<String> warnings = new ArrayList<>();

    private Preflight(SourceFacts source, TargetFacts target) {
        this.source = source;
        this.target = target;
    }

    /**
     * @param workers how many the job may use, at least 1
     * @param warnings what the report must say
     */
    public record Result(int workers, List<String> warnings) {
        public Result {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * @param workersWanted as configured
     * @param extensionsSkipped extensions that the operator leaves out
     * @throws CaravanException when the job must not run
     */
    public static Result judge(
            SourceFacts source,
            TargetFacts target,
            CopyRequest request,
            int workersWanted,
            Collection<String> extensionsSkipped) {
        Preflight preflight = new Preflight(source, target);
        preflight.versions();
        preflight.rights();
        preflight.objects(Set.copyOf(extensionsSkipped));
        preflight.database(request);
        int workers = preflight.workers(workersWanted);
        preflight.refusals.throwIfAny();
        return new Result(workers, preflight.warnings);
    }

    private void versions() {
        if (source.major() < OLDEST_MAJOR) {
            refusals.add(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "The source runs PostgreSQL " + source.major() + ".",
                    "Caravan reads " + OLDEST_MAJOR + " and later.");
        }
        if (source.major() > NEWEST_MAJOR) {
            warnings.add("The source runs PostgreSQL " + source.major()
                    + ", which is newer than any this release was made for.");
        }
        if (target.major() < source.major()) {
            refusals.add(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "The target runs PostgreSQL " + target.major() + ", older than the source's " + source.major()
                            + ".",
                    "Upgrade the target's server to " + source.major() + " or later.");
        }
        if (target.inRecovery()) {
            refusals.add(
                    ErrorCode.TARGET_PROTECTED,
                    "The target's server is a standby and cannot be written.",
                    "Point the connection at the primary.");
        }
    }

    private void rights() {
        if (!source.unreadable().isEmpty()) {
            refusals.add(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    "The source's role may not read " + Refusals.names(source.unreadable()) + ".",
                    "GRANT USAGE on their schemas and SELECT on them, or GRANT pg_read_all_data, to the role.");
        }
        if (!source.rowSecured().isEmpty()) {
            refusals.add(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    "Row level security would hide rows of " + Refusals.names(source.rowSecured())
                            + " from the source's role.",
                    "ALTER ROLE … BYPASSRLS for the role, so that the copy is whole.");
        }
        if (!target.superuser() && !target.mayCreateDatabases()) {
            refusals.add(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    "The target's login may not create databases.",
                    "ALTER ROLE … CREATEDB for the login.");
        }
        if (target.databaseExists() && !target.superuser() && !target.ownsDatabase()) {
            refusals.add(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    "The target's login does not own the database that it should replace.",
                    "ALTER DATABASE … OWNER TO the login, or GRANT the owner's role to it.");
        }
        if (target.superuser()) {
            warnings.add(
                    "The target's login is a superuser: functions that come from the source can act with its rights."
                            + " An ordinary role with CREATEDB is safer.");
        }
        if (!target.missingRoles().isEmpty()) {
            warnings.add("Roles that the target lacks are left out of privileges and owners: "
                    + Refusals.names(target.missingRoles()) + ". caravan.connection.….roles maps them to others.");
        }
        long locksNeeded = source.tables() + source.locksHeld();
        if (locksNeeded > source.lockCapacity()) {
            refusals.add(
                    ErrorCode.INSUFFICIENT_LOCKS,
                    "The source has " + source.tables() + " tables to lock, and room for " + source.lockCapacity()
                            + " locks, of which " + source.locksHeld() + " are held.",
                    "Raise max_locks_per_transaction on the source to at least " + suggestedLocks(locksNeeded)
                            + " times its present value and restart it.");
        }
    }

    private long suggestedLocks(long needed) {
        return Math.max(2, (long) Math.ceil(1.25 * needed / Math.max(1, source.lockCapacity())));
    }

    private void objects(Set<String> skipped) {
        List<String> missing = source.extensions().stream()
                .filter(name ->
                        !skipped.contains(name) && !target.extensionsAvailable().contains(name))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            refusals.add(
                    ErrorCode.EXTENSION_MISSING,
                    "The target's server lacks " + Refusals.names(missing) + ".",
                    "Install them there, or name them in caravan.connection.….extensions.skip if the database can do without.");
        }
        if (!target.superuser()) {
            List<String> untrusted = source.extensions().stream()
                    .filter(name -> !skipped.contains(name)
                            && target.extensionsAvailable().contains(name)
                            && !target.extensionsTrusted().contains(name))
                    .sorted()
                    .toList();
            if (!untrusted.isEmpty()) {
                refusals.add(
                        ErrorCode.INSUFFICIENT_PRIVILEGE,
                        "Only a superuser may create " + Refusals.names(untrusted) + " on the target.",
                        "Name them in caravan.connection.….extensions.skip, have them created in template0's place by"
                                + " your provider, or log in as a role that may.");
            }
            if (!source.superuserObjects().isEmpty()) {
                refusals.add(
                        ErrorCode.UNSUPPORTED_OBJECT,
                        "Only a superuser may create on the target: " + Refusals.names(source.superuserObjects()) + ".",
                        "Drop them on the source, or log in to the target as a superuser.");
            }
        }
        if (source.inRecovery() && !source.unlogged().isEmpty()) {
            refusals.add(
                    ErrorCode.UNSUPPORTED_OBJECT,
                    "A standby cannot read unlogged tables: " + Refusals.names(source.unlogged()) + ".",
                    "Read from the primary, or make the tables logged.");
        }
        if (!source.foreignTables().isEmpty()) {
            warnings.add(
                    "Of foreign tables only the definition is copied: " + Refusals.names(source.foreignTables()) + ".");
        }
        if (!source.reachesBack().isEmpty()) {
            warnings.add(
                    "Left out, since it could reach back to production: " + Refusals.names(source.reachesBack()) + ".");
        }
    }

    private void database(CopyRequest request) {
        for (String locale : List.of(source.collate(), source.ctype())) {
            if (!target.locales().contains(comparable(locale))) {
                refusals.add(
                        ErrorCode.ENCODING_UNAVAILABLE,
                        "The target's server lacks the locale " + locale + " of the source's database.",
                        "Install the locale on the target's machine and restart its server.");
                break;
            }
        }
        if (target.databaseExists()
                && target.tables() > 0
                && request.onExisting() == CopyRequest.OnExisting.FAIL_IF_NOT_EMPTY) {
            refusals.add(
                    ErrorCode.TARGET_NOT_EMPTY,
                    "The target database holds " + target.tables() + " tables, and the request says FAIL_IF_NOT_EMPTY.",
                    "Send onExisting REPLACE to have it replaced once the new one is loaded and verified.");
        }
    }

    private int workers(int wanted) {
        int free = Math.min(source.freeConnections(), target.freeConnections()) - SESSIONS_BESIDE_WORKERS;
        if (free < 1) {
            refusals.add(
                    ErrorCode.INSUFFICIENT_CONNECTIONS,
                    "A job needs " + (SESSIONS_BESIDE_WORKERS + 1) + " sessions on each server; free are "
                            + source.freeConnections() + " on the source and " + target.freeConnections()
                            + " on the target.",
                    "Raise max_connections or the role's connection limit, or run the job when the servers are less busy.");
            return 1;
        }
        if (free < wanted) {
            warnings.add("The servers have connections for " + free + " of " + wanted + " workers.");
        }
        return Math.min(wanted, free);
    }

    /** A locale's name as servers compare it: en_US.UTF-8 and en_US.utf8 are one. */
    public static String comparable(String locale) {
        return locale.toLowerCase(Locale.ROOT).replace("-", "");
    }
}
