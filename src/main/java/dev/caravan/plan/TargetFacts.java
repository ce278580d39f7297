package dev.caravan.plan;

import java.util.List;
import java.util.Set;

/**
 * What PREFLIGHT found out about a target's server and the database to replace.
 *
 * @param serverVersion server_version_num
 * @param inRecovery whether the server is a standby
 * @param superuser whether the login is one
 * @param mayCreateDatabases whether the login may
 * @param databaseExists whether the database to replace is there
 * @param ownsDatabase whether the login owns it, or is a member of its owner
 * @param tables tables in it that hold somebody's data
 * @param extensionsAvailable extensions that the server has
 * @param extensionsTrusted those that an ordinary role may create
 * @param locales collation names that the server has, C and POSIX among them
 * @param freeConnections sessions that the login may still open
 * @param missingRoles roles that own something or are granted something on the source, and are not there
 */
public record TargetFacts(
        int serverVersion,
        boolean inRecovery,
        boolean superuser,
        boolean mayCreateDatabases,
        boolean databaseExists,
        boolean ownsDatabase,
        int tables,
        Set<String> extensionsAvailable,
        Set<String> extensionsTrusted,
        Set<String> locales,
        int freeConnections,
        List<String> missingRoles) {
    public TargetFacts {
        extensionsAvailable = Set.copyOf(extensionsAvailable);
        extensionsTrusted = Set.copyOf(extensionsTrusted);
        locales = Set.copyOf(locales);
        missingRoles = List.copyOf(missingRoles);
    }

    public int major() {
        return serverVersion / 10_000;
    }
}
