package dev.caravan.target;

import dev.caravan.schema.Identifiers;
import dev.caravan.target.SourcePrivileges.Owned;
import dev.caravan.target.SourcePrivileges.Privilege;
import java.util.Locale;

/**
 * Writes owners and privileges as SQL. Identities come quoted and qualified from the source's pg_identify_object; kinds and
 * privileges are keywords.
 */
final class PrivilegeStatements {
    private PrivilegeStatements() {}

    static String owner(Owned object, String owner) {
        return "ALTER " + kind(object.type()) + " " + object.identity() + " OWNER TO " + Identifiers.quoted(owner);
    }

    /**
     * @param owner who owns the object on the target, or whose default privileges these become
     * @param grantee a quoted role, or PUBLIC
     */
    static String privilege(Privilege privilege, String owner, String grantee) {
        String keyword = keyword(privilege.privilege())
                + privilege
                        .column()
                        .map(name -> " (" + Identifiers.quoted(name) + ")")
                        .orElse("");
        StringBuilder sql = new StringBuilder();
        if (privilege.ofDefaults()) {
            sql.append("ALTER DEFAULT PRIVILEGES FOR ROLE ").append(Identifiers.quoted(owner));
            sql.append(privilege.identity().isEmpty() ? " " : " IN SCHEMA " + privilege.identity() + " ");
        }
        sql.append(privilege.revoked() ? "REVOKE " : "GRANT ").append(keyword).append(" ON ");
        sql.append(
                privilege.ofDefaults() ? privilege.type() : grantedKind(privilege.type()) + " " + privilege.identity());
        sql.append(privilege.revoked() ? " FROM " : " TO ").append(grantee);
        return sql.append(privilege.grantable() ? " WITH GRANT OPTION" : "").toString();
    }

    private static String keyword(String privilege) {
        if (!privilege.matches("[A-Z ]+")) {
            throw new IllegalArgumentException("a privilege is a keyword");
        }
        return privilege;
    }

    private static String kind(String type) {
        return switch (type) {
            case "function", "procedure", "aggregate" -> "ROUTINE";
            case "foreign-data wrapper" -> "FOREIGN DATA WRAPPER";
            case "statistics object" -> "STATISTICS";
            default -> keyword(type.toUpperCase(Locale.ROOT));
        };
    }

    private static String grantedKind(String type) {
        return switch (type) {
            case "table", "view", "materialized view", "foreign table" -> "TABLE";
            case "server" -> "FOREIGN SERVER";
            default -> kind(type);
        };
    }
}
