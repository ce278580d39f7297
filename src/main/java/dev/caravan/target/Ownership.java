package dev.caravan.target;

import dev.caravan.job.Report.LeftOut;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.TableName;
import dev.caravan.target.SourcePrivileges.Owned;
import dev.caravan.target.SourcePrivileges.Privilege;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who owns the new database's objects and who may do what with them. When the login is a superuser, the operator maps nothing
 * and no role is missing, pg_restore does it; else pg_restore leaves both out and {@link #apply} follows the source's catalogue.
 * Immutable.
 */
public final class Ownership {
    private final TargetRoles roles;
    private final boolean asOnSource;
    private final List<Owned> owned;
    private final List<Privilege> privileges;
    private final PublicSchema publicSchema;

    private Ownership(
            TargetRoles roles,
            boolean asOnSource,
            List<Owned> owned,
            List<Privilege> privileges,
            PublicSchema publicSchema) {
        this.roles = roles;
        this.asOnSource = asOnSource;
        this.owned = List.copyOf(owned);
        this.privileges = List.copyOf(privileges);
        this.publicSchema = publicSchema;
    }

    /**
     * Reads owners and privileges under the session's snapshot.
     *
     * @param excluded relations that the new database does not have
     * @param source a session on the source; its {@code quote_all_identifiers} is reset
     */
    public static Ownership read(Connection source, TargetRoles roles, Set<TableName> excluded) throws SQLException {
        Set<String> gone = excluded.stream().map(TableName::quoted).collect(Collectors.toSet());
        List<Owned> owned = SourcePrivileges.owners(source).stream()
                .filter(object -> !gone.contains(object.identity()))
                .toList();
        boolean everyoneThere = SourcePrivileges.roles(source).stream().allMatch(roles::exists)
                && owned.stream().map(Owned::owner).allMatch(roles::exists);
        return new Ownership(
                roles,
                roles.superuser() && roles.mapsNothing() && everyoneThere,
                owned,
                SourcePrivileges.privileges(source).stream()
                        .filter(privilege -> !gone.contains(privilege.identity()))
                        .toList(),
                PublicSchema.read(source));
    }

    /** Roles of the source that own or are granted something and have no counterpart on the target, by name. */
    public static Set<String> missingRoles(Connection source, TargetRoles roles) throws SQLException {
        Set<String> missing = new TreeSet<>(SourcePrivileges.roles(source));
        missing.removeIf(role -> roles.grantee(role).isPresent());
        return missing;
    }

    /** Options of pg_restore. */
    List<String> restoreOptions() {
        if (asOnSource) {
            return List.of();
        }
        List<String> options = new ArrayList<>(List.of("--no-owner", "--no-privileges"));
        roles.usableOwner()
                .filter(owner -> !owner.equals(roles.login()))
                .ifPresent(owner -> options.add("--role=" + owner));
        return options;
    }

    /**
     * Sets owners and privileges of what is in the staging database: after everything is made, large objects too, and before the event
     * triggers. What pg_restore has done is not done again.
     *
     * @param staging a session in autocommit mode
     * @return what could not be set
     */
    public List<LeftOut> apply(Connection staging) throws SQLException {
        Set<LeftOut> leftOut = new LinkedHashSet<>();
        // A role can only come to own what is in a schema when it may create there: so schemas are settled first.
        for (boolean schemas : new boolean[] {true, false}) {
            for (Owned object : owned) {
                if (ours(object.type()) && object.type().equals("schema") == schemas) {
                    own(staging, object, leftOut);
                }
            }
            for (Privilege privilege : privileges) {
                boolean onSchema = privilege.type().equals("schema");
                if (onSchema == schemas && (privilege.ofDefaults() ? !asOnSource : ours(privilege.type()))) {
                    apply(staging, privilege, leftOut);
                }
            }
            if (schemas) {
                publicSchema.settle(staging, leftOut);
            }
        }
        return List.copyOf(leftOut);
    }

    /** Large objects are not in the archive: pg_restore never sees them. */
    private boolean ours(String type) {
        return !asOnSource || type.equals("large object");
    }

    private void own(Connection staging, Owned object, Set<LeftOut> leftOut) throws SQLException {
        String owner = roles.ownerFor(object.owner());
        if (roles.losesOwner(object.owner())) {
            leftOut.add(new LeftOut(
                    "ownership by " + object.owner(),
                    "The role is missing on the target or the login may not act as it; " + owner
                            + " owns its objects."));
        }
        String now = object.type().equals("large object") ? roles.login() : roles.baseOwner();
        if (owner.equals(now)) {
            return;
        }
        attempt(staging, PrivilegeStatements.owner(object, owner), "owner of " + shown(object), leftOut);
    }

    private static String shown(Owned object) {
        return object.type() + " " + object.identity();
    }

    private void apply(Connection staging, Privilege privilege, Set<LeftOut> leftOut) throws SQLException {
        String owner = roles.ownerFor(privilege.owner());
        String grantee = "PUBLIC";
        if (privilege.grantee().isPresent()) {
            String sourceRole = privilege.grantee().get();
            boolean own = sourceRole.equals(privilege.owner());
            if (!own && roles.grantee(sourceRole).isEmpty()) {
                leftOut.add(new LeftOut("privileges of " + sourceRole, "The role is missing on the target."));
                return;
            }
            grantee = own ? owner : roles.grantee(sourceRole).get();
            if (!own && grantee.equals(owner) && !privilege.ofDefaults()) {
                return;
            }
            grantee = Identifiers.quoted(grantee);
        }
        attempt(
                staging,
                PrivilegeStatements.privilege(privilege, owner, grantee),
                "privilege " + privilege.privilege() + " on " + privilege.type() + " " + privilege.identity(),
                leftOut);
    }

    /** Only what the login may not do, or what was left out of the restore, is forgiven. */
    private static void attempt(Connection staging, String sql, String object, Set<LeftOut> leftOut)
            throws SQLException {
        try {
            TargetServer.execute(staging, sql);
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.equals("42501") || state.equals("0LP01") || state.equals("0L000")) {
                leftOut.add(new LeftOut(object, "The target's login may not set it."));
            } else if (state.equals("42704")
                    || state.equals("42P01")
                    || state.equals("42883")
                    || state.equals("3F000")
                    || state.equals("42703")) {
                leftOut.add(new LeftOut(object, "The object is not in the new database."));
            } else {
                throw e;
            }
        }
    }
}
