package dev.caravan.plan;

import java.util.List;
import java.util.Set;

/**
 * What PREFLIGHT found out about a source, before anything is locked.
 *
 * @param systemIdentifier the cluster's
 * @param databaseOid the database's oid
 * @param database its name
 * @param serverVersion server_version_num
 * @param inRecovery whether the server is a standby
 * @param encoding pg_encoding_to_char of the database
 * @param collate datcollate
 * @param ctype datctype
 * @param tables how many tables will be locked
 * @param databaseBytes pg_database_size
 * @param unreadable tables, sequences and large objects, in words, that the role may not read
 * @param rowSecured tables that row level security would filter for the role
 * @param unlogged unlogged tables, which a standby cannot read
 * @param extensions names of the installed extensions, plpgsql left out
 * @param superuserObjects what only a superuser may create, in words
 * @param foreignTables foreign tables, of which only the definition is copied
 * @param reachesBack subscriptions and user mappings, which are left out
 * @param freeConnections sessions that the role may still open
 * @param lockCapacity entries of the server's lock table that may be counted on
 * @param locksHeld entries in use now
 */
public record SourceFacts(
        String systemIdentifier,
        long databaseOid,
        String database,
        int serverVersion,
        boolean inRecovery,
        String encoding,
        String collate,
        String ctype,
        int tables,
        long databaseBytes,
        List<String> unreadable,
        List<String> rowSecured,
        List<String> unlogged,
        Set<String> extensions,
        List<String> superuserObjects,
        List<String> foreignTables,
        List<String> reachesBack,
        int freeConnections,
        long lockCapacity,
        long locksHeld) {
    public SourceFacts {
        unreadable = List.copyOf(unreadable);
        rowSecured = List.copyOf(rowSecured);
        unlogged = List.copyOf(unlogged);
        extensions = Set.copyOf(extensions);
        superuserObjects = List.copyOf(superuserObjects);
        foreignTables = List.copyOf(foreignTables);
        reachesBack = List.copyOf(reachesBack);
    }

    public int major() {
        return serverVersion / 10_000;
    }
}
