package dev.caravan.target;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.Identity;
import dev.caravan.connection.Sessions;
import dev.caravan.connection.SqlErrors;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Tells two servers of one system identifier from one server under two addresses: an advisory lock taken on the one is listed
 * in pg_locks of the same server only.
 */
final class CloneHandshake {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LISTED =
            "SELECT count(*) FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
                    + " AND classid::bigint = ? AND objid::bigint = ? AND granted";

    private CloneHandshake() {}

    /**
     * @param session a session on the target's server
     * @throws CaravanException when the source cannot be asked, or is a standby by now
     */
    static boolean twoServers(Connection session, ConnectionConfig source, TargetServer target) {
        long key = RANDOM.nextLong();
        try (Connection reader = Sessions.open(source, source.database(), target.applicationName())) {
            if (Identity.of(reader).inRecovery()) {
                throw CaravanException.of(
                        ErrorCode.TARGET_PROTECTED,
                        "The source \"" + source.name() + "\" has become a standby.",
                        "Copy from the primary, or from a clone that has been promoted.");
            }
            lock(session, "pg_advisory_lock", key);
            try {
                // A session that goes through a pooler may not hold what it took: then nothing is shown by its absence.
                return listed(session, key) && !listed(reader, key);
            } finally {
                lock(session, "pg_advisory_unlock", key);
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, source.name(), "telling the target's server from the source's");
        }
    }

    private static void lock(Connection session, String function, long key) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement("SELECT pg_catalog." + function + "(?)")) {
            statement.setLong(1, key);
            statement.execute();
        }
    }

    private static boolean listed(Connection session, long key) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(LISTED)) {
            statement.setLong(1, key >>> 32);
            statement.setLong(2, key & 0xFFFF_FFFFL);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1) > 0;
            }
        }
    }
}
