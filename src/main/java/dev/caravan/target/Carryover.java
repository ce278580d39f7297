package dev.caravan.target;

import dev.caravan.job.Report.LeftOut;
import dev.caravan.schema.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Carries the properties of a database over to the one that takes its place: those of the old target, or those of the source
 * with its roles mapped. Immutable.
 */
public final class Carryover {
    /** Settings whose stored value is a list of names, quoted one by one (GUC_LIST_QUOTE). */
    private static final Set<String> LISTS = Set.of(
            "search_path",
            "temp_tablespaces",
            "local_preload_libraries",
            "session_preload_libraries",
            "shared_preload_libraries");

    private final Optional<DatabaseProperties> properties;
    private final Optional<String> owner;
    private final Function<String, Optional<String>> role;

    private Carryover(
            Optional<DatabaseProperties> properties, Optional<String> owner, Function<String, Optional<String>> role) {
        this.properties = properties;
        this.owner = owner;
        this.role = role;
    }

    /** From the old target; from nothing when there is none. */
    static Carryover fromTarget(TargetServer server, OptionalLong oldTarget, TargetRoles roles) {
        if (oldTarget.isEmpty()) {
            return new Carryover(Optional.empty(), roles.usableOwner(), Optional::of);
        }
        try (Connection session = server.maintenance()) {
            DatabaseProperties properties = DatabaseProperties.read(session, oldTarget.getAsLong());
            return new Carryover(
                    Optional.of(properties), Optional.of(roles.usableOwner().orElse(properties.owner())), Optional::of);
        } catch (SQLException e) {
            throw server.failed(e, "reading the old target's properties");
        }
    }

    /**
     * From the source; roles that the target lacks are left out.
     *
     * @param session a session on the source's database
     * @param databaseOid the source's oid
     */
    public static Carryover fromSource(Connection session, long databaseOid, TargetRoles roles) throws SQLException {
        DatabaseProperties properties = DatabaseProperties.read(session, databaseOid);
        return new Carryover(Optional.of(properties), Optional.of(roles.ownerFor(properties.owner())), roles::grantee);
    }

    /**
     * Sets them.
     *
     * @param transaction an open transaction on the target's server, so that they come with the swap or not at all
     * @return what the login may not set, or what the target lacks a role for
     */
    public List<LeftOut> apply(Connection transaction, String database) throws SQLException {
        List<LeftOut> leftOut = new ArrayList<>();
        String quoted = Identifiers.quoted(database);
        if (properties.isEmpty()) {
            attempt(
                    transaction,
                    "GRANT CONNECT, TEMPORARY ON DATABASE " + quoted + " TO PUBLIC",
                    "privileges",
                    leftOut);
        } else {
            grants(transaction, quoted, properties.get(), leftOut);
            settings(transaction, quoted, properties.get(), leftOut);
            int limit = properties.get().connectionLimit();
            if (limit != -1) {
                attempt(
                        transaction,
                        "ALTER DATABASE " + quoted + " CONNECTION LIMIT " + limit,
                        "CONNECTION LIMIT",
                        leftOut);
            }
            if (properties.get().comment().isPresent()) {
                String comment = Identifiers.literal(properties.get().comment().get());
                attempt(transaction, "COMMENT ON DATABASE " + quoted + " IS " + comment, "comment", leftOut);
            }
        }
        if (owner.isPresent()) {
            String newOwner = owner.get();
            attempt(
                    transaction,
                    "ALTER DATABASE " + quoted + " OWNER TO " + Identifiers.quoted(newOwner),
                    "owner " + newOwner,
                    leftOut);
        }
        return leftOut;
    }

    private void grants(Connection transaction, String quoted, DatabaseProperties properties, List<LeftOut> leftOut)
            throws SQLException {
        attempt(transaction, "REVOKE ALL ON DATABASE " + quoted + " FROM PUBLIC", "privileges of PUBLIC", leftOut);
        for (DatabaseProperties.Grant grant : properties.grants()) {
            if (grant.owners()) {
                continue;
            }
            String to = "PUBLIC";
            if (grant.grantee().isPresent()) {
                Optional<String> grantee = role.apply(grant.grantee().get());
                if (grantee.isEmpty()) {
                    leftOut.add(missing(grant.grantee().get(), "privilege " + grant.privilege()));
                    continue;
                }
                to = Identifiers.quoted(grantee.get());
            }
            attempt(
                    transaction,
                    "GRANT " + grant.privilege() + " ON DATABASE " + quoted + " TO " + to
                            + (grant.grantable() ? " WITH GRANT OPTION" : ""),
                    "privilege " + grant.privilege() + " of " + grant.grantee().orElse("PUBLIC"),
                    leftOut);
        }
    }

    private void settings(Connection transaction, String quoted, DatabaseProperties properties, List<LeftOut> leftOut)
            throws SQLException {
        for (DatabaseProperties.Setting setting : properties.settings()) {
            String alter = "ALTER DATABASE " + quoted;
            if (setting.role().isPresent()) {
                Optional<String> mapped = role.apply(setting.role().get());
                if (mapped.isEmpty()) {
                    leftOut.add(missing(setting.role().get(), "setting " + setting.name()));
                    continue;
                }
                alter = "ALTER ROLE " + Identifiers.quoted(mapped.get()) + " IN DATABASE " + quoted;
            }
            attempt(
                    transaction,
                    alter + " SET " + settingName(setting.name()) + " = " + settingValue(setting),
                    "setting " + setting.name()
                            + setting.role().map(name -> " of " + name).orElse(""),
                    leftOut);
        }
    }

    private static String settingName(String name) {
        // A setting of an extension's or one's own is two names with a dot.
        List<String> parts = new ArrayList<>();
        for (String part : name.split("\\.", -1)) {
            parts.add(Identifiers.quoted(part));
        }
        return String.join(".", parts);
    }

    private static String settingValue(DatabaseProperties.Setting setting) {
        if (!LISTS.contains(setting.name().toLowerCase(Locale.ROOT))) {
            return Identifiers.literal(setting.value());
        }
        List<String> items = new ArrayList<>();
        for (String item : NameList.split(setting.value())) {
            items.add(Identifiers.literal(item));
        }
        return items.isEmpty() ? "''" : String.join(", ", items);
    }

    private static LeftOut missing(String missingRole, String what) {
        return new LeftOut("database's " + what + " of " + missingRole, "The role is missing on the target.");
    }

    private static void attempt(Connection transaction, String sql, String what, List<LeftOut> leftOut)
            throws SQLException {
        Savepoint before = transaction.setSavepoint();
        try {
            TargetServer.execute(transaction, sql);
            transaction.releaseSavepoint(before);
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (!state.startsWith("42") && !state.startsWith("22") && !state.startsWith("0L")) {
                throw e;
            }
            transaction.rollback(before);
            leftOut.add(new LeftOut(
                    "database's " + what,
                    state.equals("42501")
                            ? "The target's login may not set it."
                            : "The target's server does not accept it (SQLSTATE " + state + ")."));
        }
    }
}
