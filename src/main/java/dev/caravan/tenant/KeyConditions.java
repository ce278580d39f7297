package dev.caravan.tenant;

import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.Optional;
import java.util.Set;

/**
 * Conditions that say the same as those of {@link TenantSql} by keys that are collected first, for a key of one column. The source
 * answers them with less work, where an index serves or the keys have been read already; whether it does is for others to find out.
 * Only numbers and UUIDs: a statement's text may be kept in a server's log, where no other value of a row has to be.
 */
public final class KeyConditions {
    private static final Set<String> TYPES = Set.of("int2", "int4", "int8", "uuid");

    private final TenantScopes scopes;
    private final TenantSql sql;

    public KeyConditions(TenantScopes scopes) {
        this.scopes = scopes;
        this.sql = new TenantSql(scopes);
    }

    /**
     * Whether a row under {@link Selection#ALIAS} references one of the rows over which it belongs; these are found first, as an array
     * that an index is searched for. Absent where it belongs in another way than over one key to a table of which a condition tells.
     */
    public Optional<String> belongs(TableName table) {
        TableScope scope = scopes.scopes().get(table);
        if (!scope.belongs()
                || !scope.columns().isEmpty()
                || scope.paths().size() != 1
                || sql.belongs(table, Selection.ALIAS).isEmpty()
                || !suits(scope.paths().get(0))) {
            return Optional.empty();
        }
        Reference path = scope.paths().get(0);
        return sql.belongs(path.referenced(), "p0")
                .map(condition -> Selection.ALIAS + "."
                        + Identifiers.quoted(path.columns().get(0)) + " = ANY (ARRAY(SELECT p0."
                        + Identifiers.quoted(path.referencedColumns().get(0)) + " FROM "
                        + sql.rows(path.referencedRelation()) + " p0 WHERE " + condition + "))");
    }

    /** The key by whose loaded rows a table's rows are told; absent where they are told in another way, or lie in partitions. */
    Optional<ReferencingKey> referencing(TableName table) {
        return sql.onlyReference(table)
                // What a declared key references has an index, without which an old server compares each row with each
                // key.
                .filter(from -> suits(from) && !from.virtual())
                .map(from -> new ReferencingKey(
                        from.relation(),
                        from.columns().get(0),
                        from.referencedColumns().get(0),
                        "pg_catalog."
                                + type(from.relation(), from.columns().get(0)).name()));
    }

    private boolean suits(Reference key) {
        return !scopes.tenants().isEmpty()
                && key.columns().size() == 1
                && scopes.relations().get(key.relation()).kind() == Table.Kind.PLAIN
                && suits(type(key.relation(), key.columns().get(0)))
                && suits(type(key.referencedRelation(), key.referencedColumns().get(0)));
    }

    private static boolean suits(ColumnType type) {
        return type.builtIn() && TYPES.contains(type.name());
    }

    private ColumnType type(TableName relation, String name) {
        return scopes.relations().get(relation).columns().stream()
                .filter(column -> column.name().equals(name))
                .map(Column::type)
                .map(TenantValues::base)
                .findFirst()
                .orElseThrow();
    }
}
