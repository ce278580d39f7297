package dev.caravan.target;

import dev.caravan.connection.SqlErrors;
import dev.caravan.job.CopyRequest.OnViolatedKey;
import dev.caravan.plan.ForeignKeyBuild;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Adds foreign keys; a source can hold rows that violate a key that it calls valid. Stateless. */
final class ForeignKeyBuilder {
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    /** What is left is to merge two indexes; where that cannot be, the server still finds a way. */
    private static final List<String> OTHER_WAYS = List.of("enable_hashjoin", "enable_nestloop", "enable_sort");

    private ForeignKeyBuilder() {}

    /** @return a warning when the key could only be restored NOT VALID */
    static Optional<String> add(Connection session, String connectionName, ForeignKeyBuild unit) {
        ForeignKey key = unit.key();
        String statement = "ALTER TABLE " + key.table().quoted() + " ADD CONSTRAINT " + Identifiers.quoted(key.name())
                + " " + key.definition();
        try {
            if (unit.byIndexes()) {
                set(session, "off");
            }
            TargetServer.execute(session, statement);
            if (unit.byIndexes()) {
                set(session, "on");
            }
            return Optional.empty();
        } catch (SQLException e) {
            if (!FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
                throw SqlErrors.translate(e, connectionName, "adding the foreign key " + words(key));
            }
            if (unit.onViolated() == OnViolatedKey.FAIL) {
                throw violated(key, "Correct the rows on the source, or send onViolatedKey NOT_VALID.");
            }
        }
        try {
            if (unit.byIndexes()) {
                set(session, "on");
            }
            TargetServer.execute(session, statement + " NOT VALID");
        } catch (SQLException e) {
            throw violated(
                    key,
                    "Correct the rows on the source: a foreign key of a partitioned table cannot be restored NOT VALID.");
        }
        return Optional.of("The source's own rows violate the foreign key " + words(key)
                + ", which it holds for valid; it was restored NOT VALID.");
    }

    private static void set(Connection session, String value) throws SQLException {
        for (String way : OTHER_WAYS) {
            TargetServer.execute(session, "SET " + way + " = " + value);
        }
    }

    private static CaravanException violated(ForeignKey key, String hint) {
        return CaravanException.of(
                        ErrorCode.KEY_VIOLATED,
                        "The source's own rows violate the foreign key " + words(key) + ".",
                        hint)
                .with("table", key.table().toString())
                .with("constraint", key.name());
    }

    private static String words(ForeignKey key) {
        return key.name() + " of " + key.table() + " to " + key.referenced();
    }
}
