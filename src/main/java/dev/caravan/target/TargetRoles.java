package dev.caravan.target;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The roles of the target's server as the login sees them, and the operator's map from the source's roles. Immutable. */
public final class TargetRoles {
    private static final String ROLES =
            "SELECT rolname, pg_catalog.pg_has_role(oid, 'MEMBER') AND pg_catalog.pg_has_role(oid, 'USAGE'),"
                    + " rolname = current_user, rolsuper FROM pg_catalog.pg_roles";

    private final Map<String, Boolean> usable = new HashMap<>();
    private final Map<String, String> map;
    private final Optional<String> owner;
    private String login = "";
    private boolean superuser;

    private TargetRoles(Map<String, String> map, Optional<String> owner) {
        this.map = map;
        this.owner = owner;
    }

    /**
     * @param session any session on the target's server
     */
    public static TargetRoles read(Connection session, TargetServer server) throws SQLException {
        TargetRoles roles =
                new TargetRoles(server.config().roleMap(), server.config().owner());
        String membership =
                session.getMetaData().getDatabaseMajorVersion() >= 16 ? ROLES.replace("'MEMBER'", "'SET'") : ROLES;
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(membership)) {
            while (row.next()) {
                roles.usable.put(row.getString(1), row.getBoolean(2));
                if (row.getBoolean(3)) {
                    roles.login = row.getString(1);
                    roles.superuser = row.getBoolean(4);
                }
            }
        }
        return roles;
    }

    public String login() {
        return login;
    }

    public boolean superuser() {
        return superuser;
    }

    boolean mapsNothing() {
        return map.isEmpty() && owner.isEmpty();
    }

    /** Whether the target has a role of that very name. */
    boolean exists(String role) {
        return usable.containsKey(role);
    }

    /** Whether the login may make things belong to that role. */
    boolean usable(String role) {
        return usable.getOrDefault(role, false);
    }

    /** The configured owner, where the login may act as that role. */
    public Optional<String> usableOwner() {
        return owner.filter(this::usable);
    }

    /** The configured owner that does not exist or that the login may not act as. */
    public Optional<String> unusableOwner() {
        return owner.filter(role -> !usable(role));
    }

    /** What a role of the source is called on the target, when it is there. */
    Optional<String> grantee(String sourceRole) {
        return Optional.of(map.getOrDefault(sourceRole, sourceRole)).filter(this::exists);
    }

    /** To whom things belong that nothing more is said of. */
    String baseOwner() {
        return usableOwner().orElse(login);
    }

    /**
     * Whose an object of that role of the source becomes: the mapped role, else the configured owner, else the role of the same
     * name, else the login; each only where the login may.
     */
    String ownerFor(String sourceRole) {
        if (map.containsKey(sourceRole) && usable(map.get(sourceRole))) {
            return map.get(sourceRole);
        }
        if (usableOwner().isPresent()) {
            return baseOwner();
        }
        return usable(sourceRole) ? sourceRole : login;
    }

    /** Whether an object of that role gets another owner than the operator or the source says. */
    boolean losesOwner(String sourceRole) {
        String wanted = map.getOrDefault(sourceRole, owner.orElse(sourceRole));
        return !wanted.equals(ownerFor(sourceRole));
    }
}
