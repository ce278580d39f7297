package dev.caravan.connection;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A named database as the operator declared it.
 *
 * @param name the name that callers use
 * @param url where it is
 * @param role whether it is read or replaced; only a target is ever written
 * @param classification {@code production} or another word of the operator's
 * @param username the login
 * @param password its password, or {@link Secret#NONE}
 * @param owner who owns a new target database and its objects; absent: as on the source where the login may
 * @param roleMap roles of the source to roles of the target, for owners and privileges
 * @param maintenanceDatabase the database from which others are created, renamed and dropped
 * @param keepPrevious whether the replaced database stays, under another name
 * @param endSessions whether sessions on the old target are ended at the swap, or the job fails
 * @param clonedFrom name of the connection that this target's server is a physical clone of
 * @param afterLoad SQL files run in the new database before it is verified
 * @param skippedExtensions extensions that are left out, such as pg_cron
 * @param connectTimeout how long opening a session may take
 * @param socketTimeout how long the server may stay silent within one statement other than COPY and index builds
 */
public record ConnectionConfig(
        String name,
        DatabaseUrl url,
        Role role,
        Optional<String> classification,
        String username,
        Secret password,
        Optional<String> owner,
        Map<String, String> roleMap,
        String maintenanceDatabase,
        boolean keepPrevious,
        boolean endSessions,
        Optional<String> clonedFrom,
        List<Path> afterLoad,
        List<String> skippedExtensions,
        Duration connectTimeout,
        Duration socketTimeout) {
    /** What a connection may be used for. */
    public enum Role {
        SOURCE,
        TARGET
    }

    public ConnectionConfig {
        roleMap = Map.copyOf(roleMap);
        afterLoad = List.copyOf(afterLoad);
        skippedExtensions = List.copyOf(skippedExtensions);
    }

    public boolean production() {
        return classification
                .filter(word -> word.equalsIgnoreCase("production"))
                .isPresent();
    }

    /** {@link #socketTimeout} as the driver takes it. */
    public int socketTimeoutMillis() {
        return (int) Math.min(Integer.MAX_VALUE, socketTimeout.toMillis());
    }

    /** The database that the connection names. */
    public String database() {
        return url.database();
    }
}
