package dev.caravan.tenant;

import dev.caravan.job.CopyRequest;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.TenantPolicy;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.schema.TablePattern;
import java.util.ArrayList;
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
    private final MaskPolicy whole;
    private final TenantPolicy policy;
    private final CopyRequest request;
    private final List<TablePattern> schemaOnly;
    private final Relations relations;
    private final References references;
    private final TenantNames names;
    private final Map<TableName, TableScope> scopes = new TreeMap<>();
    private final List<TenantProblem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Optional<TenantScopes.Root> root;

    private ScopeFinder(Catalog catalog, MaskPolicy policy, CopyRequest request, List<TablePattern> schemaOnly) {
        this.catalog = catalog;
        this.whole = policy;
        this.schemaOnly = schemaOnly;
        this.policy = policy.tenants();
        this.request = request;
        this.relations = new Relations(catalog);
        this.references = new References(catalog, policy.virtualKeys(), relations.all(), problems);
        this.names = new TenantNames(relations, problems);
        this.root = request.onlyTenants().isPresent() ? names.root(policy.tenants()) : Optional.empty();
    }

    /**
     * @param policy its conditions count, whether tenants are chosen or not
     * @throws dev.caravan.schema.CaravanException with every problem at once; nothing is written yet then
     */
    public static TenantScopes find(Catalog catalog, MaskPolicy policy, CopyRequest request) {
        return new ScopeFinder(catalog, policy, request, request.schemaOnly()).find();
    }

    private TenantScopes find() {
        names.check(policy, request);
        if (request.onlyTenants().isPresent()) {
            ofSomeTenants();
        } else {
            ofAllTenants();
        }
        new Contradictions(scopes, this::problem).ofEmptyTables(schemaOnly, references.all());
        TenantProblem.throwIfAny(problems);
        return new TenantScopes(
                request.onlyTenants().orElse(List.of()),
                request.crossTenant(),
                root,
                scopes,
                references.all(),
                relations.all(),
                names.columns(policy.nullify()),
                warnings);
    }

    private void ofSomeTenants() {
        if (!policy.hasKey()) {
            problems.add(TenantKeyProposal.of(relations.tables().values(), references.all()));
        }
        names.checkTenants(policy);
        // With a name missing, what hangs on what is not known: only what was decided without it is judged.
        boolean missing = !problems.isEmpty();
        emptyAndConfiguration();
        columns();
        Set<TableName> decided = Set.copyOf(scopes.keySet());
        hangOnThose("belongs through ");
        rest();
        new Contradictions(scopes, this::problem).ofTenants(policy, table -> !missing || decided.contains(table));
        warnings.addAll(MissingIndexes.warnings(catalog, scopes));
    }

    /** Where the policy has conditions they decide, and what hangs on their tables hangs on their rows. */
    private void ofAllTenants() {
        emptyAndConfiguration();
        for (TableName table : relations.tables().keySet()) {
            if (scopes.containsKey(table)) {
                continue;
            }
            if (policy.where().containsKey(table)) {
                put(table, TableScope.Kind.BELONGING, "those that the policy's condition names");
            } else if (shared(table)) {
                put(table, TableScope.Kind.ALL, "the policy says shared");
            }
        }
        List<String> conditioned = scopes.values().stream()
                .filter(TableScope::belongs)
                .map(scope -> scope.table().toString())
                .toList();
        if (!conditioned.isEmpty()) {
            warnings.add("The policy's conditions leave out rows of " + String.join(", ", conditioned)
                    + ", and what hangs on these.");
        }
        hangOnThose("those that hang on no row left out: ");
        relations.tables().keySet().forEach(table -> {
            if (!scopes.containsKey(table)) {
                put(table, TableScope.Kind.ALL, "every tenant is copied");
            }
        });
    }

    private void problem(String detail) {
        problems.add(new TenantProblem(
                ErrorCode.TENANT_SCOPE,
                detail,
                "Correct the policy or the request; POST /api/v1/plans shows every table's scope."));
    }

    private boolean schemaOnly(TableName table) {
        return schemaOnly.stream().anyMatch(pattern -> pattern.matches(table));
    }

    private boolean shared(TableName table) {
        return policy.shared().stream().anyMatch(pattern -> pattern.matches(table));
    }

    private boolean isRoot(TableName table) {
        return root.filter(it -> it.table().equals(table)).isPresent();
    }

    private void emptyAndConfiguration() {
        for (Table table : relations.tables().values()) {
            if (schemaOnly(table.name())) {
                put(table.name(), TableScope.Kind.EMPTY, "the request says schemaOnly");
                if (isRoot(table.name())) {
                    problem(table.name() + " is the tenants' own table: tables.schemaOnly cannot name it.");
                }
            } else if (table.condition().isPresent()) {
                put(table.name(), TableScope.Kind.ALL, "an extension's configuration");
            }
        }
    }

    /** Where a column tells whose a row is, the column alone decides. */
    private void columns() {
        TenantColumns tenantColumns = new TenantColumns(root, policy.column(), relations, references.all());
        for (TableName table : relations.tables().keySet()) {
            if (scopes.containsKey(table)) {
                continue;
            }
            List<String> own = tenantColumns.of(table);
            if (own.isEmpty()) {
                if (shared(table) && policy.where().containsKey(table)) {
                    put(table, TableScope.Kind.BELONGING, "shared: those that the policy's condition names");
                } else if (shared(table)) {
                    put(table, TableScope.Kind.ALL, "the policy says shared");
                }
                continue;
            }
            if (shared(table)) {
                problem(table + " is declared shared, and " + String.join(", ", own)
                        + " tells whose its rows are: one of both is wrong.");
            }
            for (String column : own) {
                TenantValues.of(
                                request.onlyTenants().orElse(List.of()),
                                relations.column(table, column).orElseThrow().type())
                        .fault()
                        .ifPresent(fault -> problem(table + "." + column + " " + fault + "."));
            }
            put(
                    table,
                    TableScope.Kind.BELONGING,
                    own,
                    List.of(),
                    isRoot(table) ? "the tenants' own table" : String.join(" or ", own) + " tells whose a row is");
        }
    }

    /** Tables on which nothing else has decided belong over the keys that lead to these; on shared rows nothing hangs. */
    private void hangOnThose(String words) {
        List<TableName> tables = scopes.values().stream()
                .filter(scope -> scope.belongs() && !shared(scope.table()))
                .map(TableScope::table)
                .toList();
        Paths.lead(references.all(), tables, Set.copyOf(scopes.keySet())::contains)
                .forEach((table, paths) ->
                        put(table, TableScope.Kind.BELONGING, List.of(), paths, words + Paths.inWords(paths)));
    }

    /** What taken rows reference, what is listed under follow, and what nothing connects. */
    private void rest() {
        Referenced.scopes(references.all(), policy.follow(), scopes)
                .forEach(scope -> put(scope.table(), scope.kind(), scope.words()));
        Set<TableName> unconnected = new TreeSet<>(relations.tables().keySet());
        unconnected.removeAll(scopes.keySet());
        Set<TableName> cut =
                unconnected.isEmpty() || schemaOnly.isEmpty() ? new HashSet<>() : filledWithoutSchemaOnly();
        cut.retainAll(unconnected);
        unconnected.removeAll(cut);
        cut.forEach(table -> put(table, TableScope.Kind.EMPTY, "what connects it to a tenant is left empty"));
        unconnected.forEach(table -> put(table, TableScope.Kind.EMPTY, "nothing connects it to a tenant"));
        if (!cut.isEmpty()) {
            warnings.add("Copied empty, since tables.schemaOnly leaves empty what connects them to a tenant: "
                    + Paths.names(cut) + ".");
        }
        if (!unconnected.isEmpty()) {
            warnings.add("Copied empty, since nothing connects them to a tenant: " + Paths.names(unconnected)
                    + ". The policy may declare them under shared or follow, or give them a virtual key.");
        }
    }

    /** What has rows when the request leaves no table empty. */
    private Set<TableName> filledWithoutSchemaOnly() {
        ScopeFinder other = new ScopeFinder(catalog, whole, request, List.of());
        other.ofSomeTenants();
        return other.scopes.values().stream()
                .filter(scope -> scope.kind() != TableScope.Kind.EMPTY)
                .map(TableScope::table)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private void put(TableName table, TableScope.Kind kind, String words) {
        put(table, kind, List.of(), List.of(), words);
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
}
