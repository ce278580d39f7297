package dev.caravan.target;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The schema {@code caravan} of a staging database: a fence that only the holder of its token passes, and the parts that are
 * loaded, each committed with its rows.
 */
public final class Ledger {
    static final String SCHEMA = "caravan";

    /**
     * A loaded part.
     *
     * @param rows rows written
     * @param bytes bytes of COPY data written
     */
    public record Loaded(long rows, long bytes) {}

    private Ledger() {}

    /** @param loader the role that the loading sessions take, when they take one */
    static void create(TargetServer server, String database, Optional<String> loader, String token)
            throws SQLException {
        try (Connection session = server.open(database)) {
            TargetServer.execute(session, "CREATE SCHEMA " + SCHEMA);
            TargetServer.execute(session, "CREATE TABLE caravan.fence (token text NOT NULL)");
            TargetServer.execute(
                    session,
                    "CREATE TABLE caravan.part (id text PRIMARY KEY, loaded_rows bigint NOT NULL,"
                            + " loaded_bytes bigint NOT NULL, loaded_at timestamptz NOT NULL DEFAULT pg_catalog.now())");
            if (loader.isPresent()) {
                String role = Identifiers.quoted(loader.get());
                TargetServer.execute(session, "GRANT USAGE ON SCHEMA " + SCHEMA + " TO " + role);
                // FOR KEY SHARE wants UPDATE.
                TargetServer.execute(session, "GRANT SELECT, UPDATE ON caravan.fence TO " + role);
                TargetServer.execute(session, "GRANT SELECT, INSERT ON caravan.part TO " + role);
            }
            move(session, token);
        }
    }

    /** Puts up the fence with a new token: whoever holds the old one writes no more. Waits for transactions that passed it. */
    public static void move(Connection session, String token) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(
                "WITH old AS (DELETE FROM caravan.fence) INSERT INTO caravan.fence (token) VALUES (?)")) {
            statement.setString(1, token);
            statement.executeUpdate();
        }
    }

    /**
     * Passes the fence, in the transaction that writes.
     *
     * @throws CaravanException {@code interrupted} when another process has taken the job over
     */
    public static void pass(Connection transaction, String token) throws SQLException {
        try (PreparedStatement statement =
                transaction.prepareStatement("SELECT 1 FROM caravan.fence WHERE token = ? FOR KEY SHARE")) {
            statement.setString(1, token);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw CaravanException.of(
                            ErrorCode.INTERRUPTED,
                            "Another process has taken this job over.",
                            "Nothing is to be done: the other process goes on.");
                }
            }
        }
    }

    /** Notes a part as loaded, in the transaction that wrote its rows; a second note of one part is a unique violation. */
    public static void loaded(Connection transaction, String part, Loaded loaded) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(
                "INSERT INTO caravan.part (id, loaded_rows, loaded_bytes) VALUES (?, ?, ?)")) {
            statement.setString(1, part);
            statement.setLong(2, loaded.rows());
            statement.setLong(3, loaded.bytes());
            statement.executeUpdate();
        }
    }

    /** The loaded parts by id. */
    public static Map<String, Loaded> parts(Connection session) throws SQLException {
        Map<String, Loaded> parts = new TreeMap<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, loaded_rows, loaded_bytes FROM caravan.part")) {
            while (row.next()) {
                parts.put(row.getString(1), new Loaded(row.getLong(2), row.getLong(3)));
            }
        }
        return parts;
    }
}
