package dev.caravan.tenant;

import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The scopes as conditions in SQL, on rows under an alias. Every name is qualified and quoted, operators too where they must be. */
public final class TenantSql {
    /** Beyond this many keys from a tenant's column, rows are looked up once and listed instead. */
    private static final int MAX_DEPTH = 5;

    /** Beyond this many keys whose a row is is not asked in one condition: ways multiply with every key. */
    private static final int MAX_WAYS_DEPTH = 2;

    private final TenantScopes scopes;

    public TenantSql(TenantScopes scopes) {
        this.scopes = scopes;
    }

    /**
     * Whether a row belongs to a chosen tenant, and meets the policy's condition; absent where that cannot be asked of one row at a
     * bounded cost: over several keys, in a cycle, or with conditions on the way.
     */
    public Optional<String> belongs(TableName table, String alias) {
        return belongs(table, alias, new HashSet<>());
    }

    private Optional<String> belongs(TableName table, String alias, Set<TableName> above) {
        TableScope scope = scopes.scopes().get(table);
        if (!scope.belongs() || scope.where().isPresent() || above.size() >= MAX_DEPTH || !above.add(table)) {
            return Optional.empty();
        }
        if (!scope.columns().isEmpty()) {
            return Optional.of(chosen(scope, alias));
        }
        if (scope.paths().size() != 1 || !scope.paths().get(0).relation().equals(table)) {
            return Optional.empty();
        }
        Reference path = scope.paths().get(0);
        String parent = "p" + above.size();
        return belongs(path.referenced(), parent, above).map(condition -> exists(path, alias, parent, condition));
    }

    /**
     * Whether a taken row references a row of a table of which only such rows are taken; absent where a condition cannot say it at a
     * bounded cost: where rows of several tables reference it, or where its own references lead further.
     */
    public Optional<String> referenced(TableName table, String alias) {
        return onlyReference(table).flatMap(from -> belongs(from.table(), "f")
                .map(condition -> "EXISTS (SELECT 1 FROM " + rows(from.relation()) + " f WHERE "
                        + equal(from, "f", alias) + " AND " + condition + ")"));
    }

    /** The one key over which a table's rows are taken, where a condition can say it. */
    Optional<Reference> onlyReference(TableName table) {
        boolean leadsFurther = scopes.references().stream()
                .anyMatch(reference -> reference.table().equals(table)
                        && scopes.scopes().get(reference.referenced()).kind() != TableScope.Kind.ALL);
        List<Reference> from = scopes.references().stream()
                .filter(reference -> reference.referenced().equals(table)
                        && scopes.scopes().get(reference.table()).kind() != TableScope.Kind.EMPTY)
                .toList();
        if (scopes.scopes().get(table).kind() != TableScope.Kind.REFERENCED
                || leadsFurther
                || from.size() != 1
                || !from.get(0).relation().equals(from.get(0).table())
                || !from.get(0).referencedRelation().equals(table)) {
            return Optional.empty();
        }
        return Optional.of(from.get(0));
    }

    /** Whether the column of a table tells that a row belongs to a chosen tenant. */
    public String chosen(TableScope scope, String alias) {
        return scope.columns().stream()
                .map(column -> alias + "." + Identifiers.quoted(column) + operator(column(scope.table(), column))
                        + "ANY (" + array(scope.table(), column) + ")")
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    /** The chosen tenants as an array of a column's type. */
    public String array(TableName table, String column) {
        return TenantValues.array(values(table, column), column(table, column).type());
    }

    /** The chosen tenants as texts of a column's type. */
    public List<String> values(TableName table, String column) {
        return TenantValues.of(scopes.tenants(), column(table, column).type())
                .values()
                .orElseThrow();
    }

    /**
     * Whether a row belongs to any tenant at all. Where keys go in a circle or too far, a row that references anything there counts as
     * one that does: rather one reference too many is reported than one too few.
     */
    public String owned(TableName table, String alias) {
        return owned(table, alias, new HashSet<>());
    }

    /** Whether {@link #owned} says no more than it should: nowhere on the way keys go in a circle or too far. */
    public boolean ownedIsExact(TableName table) {
        return exact(table, new HashSet<>());
    }

    private boolean exact(TableName table, Set<TableName> above) {
        Set<TableName> here = new HashSet<>(above);
        here.add(table);
        return scopes.scopes().get(table).paths().stream()
                .allMatch(path -> !here.contains(path.referenced())
                        && here.size() < MAX_WAYS_DEPTH
                        && exact(path.referenced(), here));
    }

    private String owned(TableName table, String alias, Set<TableName> above) {
        TableScope scope = scopes.scopes().get(table);
        if (!scope.belongs() || scope.byConditionAlone() || scopes.tenants().isEmpty()) {
            return "FALSE";
        }
        if (!scope.columns().isEmpty()) {
            return scope.columns().stream()
                    .map(column -> alias + "." + Identifiers.quoted(column) + " IS NOT NULL")
                    .collect(Collectors.joining(" OR ", "(", ")"));
        }
        Set<TableName> here = new HashSet<>(above);
        here.add(table);
        List<String> ways = new ArrayList<>();
        for (Reference path : scope.paths()) {
            String parent = "o" + here.size();
            boolean stop = here.contains(path.referenced()) || here.size() >= MAX_WAYS_DEPTH;
            ways.add(
                    stop
                            ? referencesSomething(path, alias)
                            : exists(path, alias, parent, owned(path.referenced(), parent, here)));
        }
        return "(" + String.join(" OR ", ways) + ")";
    }

    private String referencesSomething(Reference path, String alias) {
        return path.columns().stream()
                .map(column -> alias + "." + Identifiers.quoted(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND ", "(", ")"));
    }

    private String exists(Reference path, String alias, String parent, String condition) {
        return "EXISTS (SELECT 1 FROM " + rows(path.referencedRelation()) + " " + parent + " WHERE "
                + equal(path, alias, parent) + " AND " + condition + ")";
    }

    /** That a referencing row, under the first alias, references the one under the second. */
    public String equal(Reference reference, String referencing, String referenced) {
        return IntStream.range(0, reference.columns().size())
                .mapToObj(i -> {
                    String column = reference.columns().get(i);
                    String key = reference.referencedColumns().get(i);
                    return referenced + "." + Identifiers.quoted(key)
                            + between(column(reference.referencedRelation(), key), column(reference.relation(), column))
                            + referencing + "." + Identifiers.quoted(column);
                })
                .collect(Collectors.joining(" AND "));
    }

    /** A table as FROM names it: a partitioned one with its partitions, any other without those that inherit from it. */
    public String rows(TableName relation) {
        return (scopes.relations().get(relation).kind() == Table.Kind.PARTITIONED ? "" : "ONLY ") + relation.quoted();
    }

    /** The same, of which only the rows that meet the policy's condition; with their tableoid and ctid. */
    public String conditioned(TableName relation) {
        return scopes.of(relation)
                .where()
                .map(where -> "(SELECT tableoid, ctid, * FROM " + rows(relation) + " WHERE (" + where + "\n))")
                .orElse(rows(relation));
    }

    /** How each tenant column is read from a row. */
    Map<String, TenantGuard.Form> forms(TableScope scope) {
        return scope.columns().stream()
                .collect(Collectors.toMap(name -> name, name -> TenantValues.form(column(scope.table(), name))));
    }

    /** The equality of a column's type. */
    public String operator(TableName table, String column) {
        return operator(column(table, column));
    }

    private Column column(TableName table, String name) {
        return scopes.relations().get(table).columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** An extension's type and another meet in one that both are cast to: its operator is PostgreSQL's own. */
    private static String between(Column one, Column other) {
        return TenantValues.base(one.type()).oid()
                        == TenantValues.base(other.type()).oid()
                ? operator(one)
                : " = ";
    }

    /** The search path is empty: an operator of a type that an extension brings is named with its schema. */
    private static String operator(Column column) {
        ColumnType base = TenantValues.base(column.type());
        return base.kind() == ColumnType.Kind.BASE && !base.builtIn()
                ? " OPERATOR(" + Identifiers.quoted(base.schema()) + ".=) "
                : " = ";
    }
}
