package dev.caravan.target;

import dev.caravan.connection.SqlErrors;
import dev.caravan.job.CopyRequest.OnViolatedKey;
import dev.caravan.job.Report.ViolatedKey;
import dev.caravan.plan.ForeignKeyBuild;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Adds foreign keys; a source can hold rows that violate a key that it calls valid. Stateless. */
public final class ForeignKeyBuilder {
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    /** What is left is to merge two indexes; where that cannot be, the server still finds a way. */
    private static final List<String> OTHER_WAYS = List.of("enable_hashjoin", "enable_nestloop", "enable_sort");

    private ForeignKeyBuilder() {}

    /** Told of a key that does not hold, before anything is done about it. */
    @FunctionalInterface
    public interface Judge {
        /** @throws CaravanException when the source's rows are not to blame */
        void violated(ForeignKey key, long rows);
    }

    /**
     * @param waits takes a key whose violating rows are to be dropped: it is added after that
     * @return what violates the key, when it could only be restored NOT VALID
     */
    static Optional<ViolatedKey> add(
            Connection session, String connectionName, ForeignKeyBuild unit, Consumer<ForeignKey> waits, Judge judge) {
        ForeignKey key = unit.key();
        try {
            if (unit.byIndexes()) {
                set(session, "off");
            }
            TargetServer.execute(session, statement(key));
            if (unit.byIndexes()) {
                set(session, "on");
            }
            return Optional.empty();
        } catch (SQLException e) {
            if (!FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
                throw SqlErrors.translate(e, connectionName, "adding the foreign key " + words(key));
            }
        }
        try {
            if (unit.byIndexes()) {
                set(session, "on");
            }
            long rows = Orphans.on(session).count(key);
            judge.violated(key, rows);
            if (unit.onViolated() == OnViolatedKey.DROP && Orphans.tellable(key)) {
                waits.accept(key);
                return Optional.empty();
            }
            if (unit.onViolated() != OnViolatedKey.NOT_VALID) {
                throw violated(key, rows, "Correct the rows on the source, or send onViolatedKey NOT_VALID or DROP.");
            }
            return Optional.of(restoredNotValid(session, key, rows));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, connectionName, "counting the rows that violate " + words(key));
        }
    }

    private static ViolatedKey restoredNotValid(Connection session, ForeignKey key, long rows) {
        try {
            TargetServer.execute(session, statement(key) + " NOT VALID");
            return new ViolatedKey(key.name(), key.table(), key.columns(), rows, false, false);
        } catch (SQLException e) {
            throw violated(
                    key,
                    rows,
                    "Correct the rows on the source, or send onViolatedKey DROP: a foreign key of a partitioned table cannot be restored NOT VALID.");
        }
    }

    static String statement(ForeignKey key) {
        return "ALTER TABLE " + key.table().quoted() + " ADD CONSTRAINT " + Identifiers.quoted(key.name()) + " "
                + key.definition();
    }

    private static void set(Connection session, String value) throws SQLException {
        for (String way : OTHER_WAYS) {
            TargetServer.execute(session, "SET " + way + " = " + value);
        }
    }

    private static CaravanException violated(ForeignKey key, long rows, String hint) {
        return CaravanException.of(
                        ErrorCode.KEY_VIOLATED,
                        "The source's own rows violate the foreign key " + words(key) + ": " + rows
                                + (rows == 1 ? " row references" : " rows reference") + " nothing by "
                                + String.join(", ", key.columns()) + ".",
                        hint)
                .with("table", key.table().toString())
                .with("constraint", key.name())
                .with("columns", key.columns())
                .with("rows", rows);
    }

    private static String words(ForeignKey key) {
        return key.name() + " of " + key.table() + " to " + key.referenced();
    }
}
