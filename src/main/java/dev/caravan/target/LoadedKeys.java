package dev.caravan.target;

import dev.caravan.schema.Identifiers;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Which keys the loaded rows of a table reference, for the statement that fetches the referenced rows. Stateless. */
final class LoadedKeys {
    /** The statement with these is a few megabytes, here and on the source. */
    private static final int MOST_KEYS = 250_000;

    private LoadedKeys() {}

    /** @return them as PostgreSQL prints an array; absent when they are too many */
    static Optional<String> read(Connection session, TableName table, String column, String type) throws SQLException {
        String name = Identifiers.quoted(column);
        String query = "SELECT CASE WHEN count(*) <= " + MOST_KEYS
                + " THEN coalesce(pg_catalog.array_agg(k)::pg_catalog.text, '{}') END FROM (SELECT DISTINCT " + name
                + "::" + type + " AS k FROM ONLY " + table.quoted() + " WHERE " + name
                + " IS NOT NULL LIMIT " + (MOST_KEYS + 1) + ") d";
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return Optional.ofNullable(row.getString(1));
        }
    }
}
