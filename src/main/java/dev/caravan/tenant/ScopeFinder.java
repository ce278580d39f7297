package dev.caravan.tenant;

import dev.caravan.job.CopyRequest;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.TenantPolicy;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.schema.TablePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds from the catalog, the policy and the request what of each table a job takes. Not thread-safe. */
public final class ScopeFinder {
    private final Catalog catalog;
    private final TenantPolicy policy;
    private final CopyRequest request;
    private final Map<TableName, Table> relations = new HashMap<>();
    private final Map<TableName, Table> tables = new TreeMap<>();
    private final Map<TableName, TableScope> scopes = new TreeMap<>();
    private final List<TenantProblem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final References references;
    private Optional<TenantScopes.Root> root = Optional.empty();

    private ScopeFinder(Catalog catalog, MaskPolicy policy, CopyRequest request) {
        this.catalog = catalog;
        this.policy = policy.tenants();
        this.request = request;
        for (Table table : catalog.tables()) {
            relations.put(table.name(), table);
            if (table.partitionOf().isEmpty()) {
                tables.put(table.name(), table);
            }
        }
        this.references = new References(catalog, policy.virtualKeys(), relations, problems);
    }

    /** @throws dev.caravan.schema.CaravanException with every problem at once; nothing is written yet then */
    public static TenantScopes find(Catalog catalog, MaskPolicy policy, CopyRequest request) {
        return new ScopeFinder(catalog, policy, request).find();
    }

    private TenantScopes find() {
        if (request.onlyTenants().isPresent()) {
            names();
            emptyAndShared();
            columns();
            TenantProblem.throwIfAny(problems);
            paths();
            rest();
            contradictions();
            warnings.addAll(MissingIndexes.warnings(catalog, scopes));
        } else {
            request.schemaOnly().forEach(pattern -> matches(pattern, "tables.schemaOnly"));
            tables.keySet().forEach(table -> {
                if (schemaOnly(table)) {
                    put(table, TableScope.Kind.EMPTY, List.of(), List.of(), "the request says schemaOnly");
                } else {
                    put(table, TableScope.Kind.ALL, List.of(), List.of(), "every tenant is copied");
                }
            });
        }
        emptyTablesAreNotReferenced();
        TenantProblem.throwIfAny(problems);
        return new TenantScopes(
                request.onlyTenants().orElse(List.of()),
                request.crossTenant(),
                root,
                scopes,
                references.all(),
                relations,
                policy.nullify().stream()
                        .map(column -> new TenantScopes.Root(table(column).orElseThrow(), column.column()))
                        .toList(),
                warnings);
    }

    /** Names that the policy has and the database does not; a typing error would leave a table to another scope. */
    private void names() {
        if (!policy.hasKey()) {
            problems.add(TenantKeyProposal.of(tables.values(), references.all()));
        }
        policy.root().ifPresent(named -> {
            Optional<TableName> table = table(named).filter(name -> has(name, named.column()));
            if (table.isEmpty()) {
                problem("There is no column " + named + ", which tenantKey (" + policy.origin() + ") names.");
            }
            root = table.map(name -> new TenantScopes.Root(name, named.column()));
        });
        policy.column().ifPresent(column -> {
            if (tables.keySet().stream().noneMatch(table -> has(table, column))) {
                problem("No table has a column " + column + ", which tenantKey (" + policy.origin() + ") names.");
            }
        });
        policy.shared().forEach(pattern -> matches(pattern, "shared"));
        request.schemaOnly().forEach(pattern -> matches(pattern, "tables.schemaOnly"));
        policy.follow().forEach(table -> exists(table, "follow"));
        policy.where().keySet().forEach(table -> exists(table, "where"));
        policy.nullify().forEach(column -> {
            if (table(column).filter(table -> has(table, column.column())).isEmpty()) {
                problem("There is no column " + column + ", which nullify names.");
            }
        });
    }

    private Optional<TableName> table(TenantPolicy.Root named) {
        List<TableName> found = tables.keySet().stream()
                .filter(table -> table.name().equals(named.table())
                        && named.schema().map(table.schema()::equals).orElse(true))
                .toList();
        return found.size() == 1
                ? Optional.of(found.get(0))
                : found.stream()
                        .filter(table -> table.schema().equals("public"))
                        .findFirst();
    }

    private boolean has(TableName table, String column) {
        return column(table, column).isPresent();
    }

    private Optional<Column> column(TableName table, String name) {
        return tables.get(table).columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    private void matches(TablePattern pattern, String key) {
        if (tables.keySet().stream().noneMatch(pattern::matches)
                && catalog.excluded().stream().noneMatch(pattern::matches)) {
            problem("No table matches " + pattern + ", which " + key + " names.");
        }
    }

    private void exists(TableName table, String key) {
        if (!tables.containsKey(table) && !catalog.excluded().contains(table)) {
            problem("There is no table " + table + ", which " + key + " names.");
        }
    }

    private void problem(String detail) {
        problems.add(new TenantProblem(
                ErrorCode.TENANT_SCOPE, detail, "Correct the name; POST /api/v1/plans shows every table's scope."));
    }

    private boolean schemaOnly(TableName table) {
        return request.schemaOnly().stream().anyMatch(pattern -> pattern.matches(table));
    }

    private boolean shared(TableName table) {
        return policy.shared().stream().anyMatch(pattern -> pattern.matches(table));
    }

    private void emptyAndShared() {
        for (Table table : tables.values()) {
            if (schemaOnly(table.name())) {
                put(table.name(), TableScope.Kind.EMPTY, List.of(), List.of(), "the request says schemaOnly");
                if (root.filter(it -> it.table().equals(table.name())).isPresent()) {
                    problem(table.name() + " is the tenants' own table: tables.schemaOnly cannot name it.");
                }
            } else if (table.condition().isPresent()) {
                put(table.name(), TableScope.Kind.ALL, List.of(), List.of(), "an extension's configuration");
            }
        }
    }

    /** Where a column tells whose a row is, the column alone decides. */
    private void columns() {
        for (Table table : tables.values()) {
            if (scopes.containsKey(table.name())) {
                continue;
            }
            List<String> own = tenantColumns(table);
            if (own.isEmpty()) {
                if (shared(table.name())) {
                    put(table.name(), TableScope.Kind.ALL, List.of(), List.of(), "the policy says shared");
                }
                continue;
            }
            if (shared(table.name())) {
                problem(table.name() + " is declared shared, and " + String.join(", ", own)
                        + " tells whose its rows are: one of both is wrong.");
            }
            for (String column : own) {
                TenantValues.of(
                                request.onlyTenants().orElse(List.of()),
                                column(table.name(), column).orElseThrow().type())
                        .fault()
                        .ifPresent(fault -> problem(table.name() + "." + column + " " + fault + "."));
            }
            boolean isRoot = root.filter(it -> it.table().equals(table.name())).isPresent();
            put(
                    table.name(),
                    TableScope.Kind.BELONGING,
                    own,
                    List.of(),
                    isRoot ? "the tenants' own table" : String.join(" or ", own) + " tells whose a row is");
        }
    }

    private List<String> tenantColumns(Table table) {
        if (root.filter(it -> it.table().equals(table.name())).isPresent()) {
            return List.of(root.get().column());
        }
        Optional<String> named = policy.column().filter(column -> has(table.name(), column));
        if (named.isPresent()) {
            return List.of(named.get());
        }
        return references.all().stream()
                .filter(reference -> reference.table().equals(table.name())
                        && reference.columns().size() == 1
                        && root.equals(Optional.of(new TenantScopes.Root(
                                reference.referenced(),
                                reference.referencedColumns().get(0)))))
                .map(reference -> reference.columns().get(0))
                .distinct()
                .toList();
    }

    /** A table without such a column belongs over the keys that lead to one that belongs. */
    private void paths() {
        Set<TableName> connected = scopes.values().stream()
                .filter(TableScope::belongs)
                .map(TableScope::table)
                .collect(Collectors.toCollection(HashSet::new));
        Set<TableName> byPath = new TreeSet<>();
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Reference reference : references.all()) {
                TableName table = reference.table();
                if (!scopes.containsKey(table) && connected.contains(reference.referenced()) && connected.add(table)) {
                    byPath.add(table);
                    grows = true;
                }
            }
        }
        for (TableName table : byPath) {
            List<Reference> paths = references.all().stream()
                    .filter(reference -> reference.table().equals(table) && connected.contains(reference.referenced()))
                    .toList();
            put(
                    table,
                    TableScope.Kind.BELONGING,
                    List.of(),
                    paths,
                    "belongs through "
                            + paths.stream().map(Reference::inWords).distinct().collect(Collectors.joining(" or ")));
        }
    }

    /** What taken rows reference, what is listed under follow, and what nothing connects. */
    private void rest() {
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Reference reference : references.all()) {
                TableScope from = scopes.get(reference.table());
                TableScope to = scopes.get(reference.referenced());
                if (from != null && from.kind() != TableScope.Kind.EMPTY && to == null) {
                    put(
                            reference.referenced(),
                            policy.follow().contains(reference.referenced())
                                    ? TableScope.Kind.FOLLOWING
                                    : TableScope.Kind.REFERENCED,
                            List.of(),
                            List.of(),
                            "only rows that " + reference.table() + " and others taken reference");
                    grows = true;
                } else if (from == null
                        && policy.follow().contains(reference.table())
                        && to != null
                        && !to.belongs()
                        && to.kind() != TableScope.Kind.EMPTY) {
                    put(
                            reference.table(),
                            TableScope.Kind.FOLLOWING,
                            List.of(),
                            List.of(),
                            "follows " + reference.inWords());
                    grows = true;
                }
            }
        }
        List<String> unconnected = new ArrayList<>();
        for (TableName table : tables.keySet()) {
            if (!scopes.containsKey(table)) {
                put(table, TableScope.Kind.EMPTY, List.of(), List.of(), "nothing connects it to a tenant");
                unconnected.add(table.toString());
            }
        }
        if (!unconnected.isEmpty()) {
            warnings.add("Copied empty, since nothing connects them to a tenant: " + String.join(", ", unconnected)
                    + ". The policy may declare them under shared or follow, or give them a virtual key.");
        }
    }

    private void put(TableName table, TableScope.Kind kind, List<String> columns, List<Reference> paths, String words) {
        scopes.put(
                table,
                new TableScope(
                        table,
                        kind,
                        columns,
                        paths,
                        Optional.ofNullable(policy.where().get(table)),
                        words));
    }

    private void contradictions() {
        for (TableName table : policy.where().keySet()) {
            if (!catalog.excluded().contains(table) && !scopes.get(table).belongs()) {
                problem("where names " + table + ", whose rows belong to no tenant.");
            }
        }
        for (TableName table : policy.follow()) {
            if (!catalog.excluded().contains(table) && scopes.get(table).kind() != TableScope.Kind.FOLLOWING) {
                problem("follow names " + table + ", which hangs on no referenced row: "
                        + scopes.get(table).words() + ".");
            }
        }
    }

    private void emptyTablesAreNotReferenced() {
        for (Reference reference : references.all()) {
            if (schemaOnly(reference.referenced())
                    && scopes.get(reference.table()).kind() != TableScope.Kind.EMPTY) {
                problem("tables.schemaOnly leaves " + reference.referenced() + " empty, and rows of "
                        + reference.table() + " reference it (" + reference.name()
                        + "): add the latter too, or leave the former out.");
            }
        }
    }
}
