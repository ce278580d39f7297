package dev.caravan.tenant;

import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roaringbitmap.longlong.LongIterator;

/** The rows that a job takes, as they were resolved on the source under its snapshot. Not thread-safe while it is filled. */
public final class TakenRows {
    /** Rows of one list: their places are some 200 KB of SQL. */
    static final int LIST_ROWS = 20_000;

    private static final RowSet NONE = new RowSet();

    private final TenantScopes scopes;
    private final TenantSql sql;
    private final KeyConditions keys;
    private final Set<TableName> byPages = new HashSet<>();
    private final Map<TableName, RowSet> belonging = new HashMap<>();
    private final Map<TableName, RowSet> referenced = new HashMap<>();
    private final Map<TableName, RowSet> included = new HashMap<>();
    private final Map<TableName, Long> counts = new HashMap<>();
    private final Map<Reference, RowSet> emptied = new LinkedHashMap<>();
    private final Map<Reference, List<String>> emptiedColumns = new LinkedHashMap<>();

    public TakenRows(TenantScopes scopes) {
        this.scopes = scopes;
        this.sql = new TenantSql(scopes);
        this.keys = new KeyConditions(scopes);
    }

    public TenantScopes scopes() {
        return scopes;
    }

    /** Has the rows of a table that belong over one key be found by an index, and read page by page. */
    public void readByPages(TableName table) {
        byPages.add(table);
    }

    /** Rows that belong, of a table for which no predicate says it. */
    public RowSet belonging(TableName table) {
        return belonging.computeIfAbsent(table, unused -> new RowSet());
    }

    /** Rows that taken rows reference, and that belong to nobody else. */
    public RowSet referenced(TableName table) {
        return referenced.computeIfAbsent(table, unused -> new RowSet());
    }

    /** Rows of other tenants that are included on purpose. */
    public RowSet included(TableName table) {
        return included.computeIfAbsent(table, unused -> new RowSet());
    }

    /** Referencing rows whose reference is emptied. */
    public RowSet emptied(Reference reference, List<String> columns) {
        emptiedColumns.put(reference, columns);
        return emptied.computeIfAbsent(reference, unused -> new RowSet());
    }

    /** How many rows are included on purpose. */
    public long includedRows() {
        return included.values().stream().mapToLong(RowSet::size).sum();
    }

    /**
     * The rows that a condition names and that are to be counted, as queries by table; nothing for a table that is taken whole or of
     * which every row is listed.
     */
    public Map<TableName, String> uncounted() {
        Map<TableName, String> queries = new TreeMap<>();
        for (TableScope scope : scopes.scopes().values()) {
            condition(scope)
                    .ifPresent(condition -> queries.put(
                            scope.table(),
                            "SELECT count(*) FROM " + sql.rows(scope.table()) + " " + Selection.ALIAS + " WHERE "
                                    + condition));
        }
        return queries;
    }

    private Optional<String> condition(TableScope scope) {
        return scope.belongs()
                ? sql.belongs(scope.table(), Selection.ALIAS)
                : sql.referenced(scope.table(), Selection.ALIAS);
    }

    /** Notes how many rows a condition names. */
    public void counted(TableName table, long rows) {
        counts.put(table, rows);
    }

    /** How many rows are taken of a table; absent for all of them, and where they were not counted. */
    public Optional<Long> rows(TableName table) {
        TableScope scope = scopes.scopes().get(table);
        boolean uncounted = !counts.containsKey(table) && condition(scope).isPresent();
        return scope.kind() == TableScope.Kind.ALL || uncounted
                ? Optional.empty()
                : Optional.of(counts.getOrDefault(table, 0L)
                        + belonging(table).size()
                        + referenced(table).size()
                        + included(table).size());
    }

    /** What is taken of a table or partition; empty for all of its rows as they are. */
    public Optional<List<Selection>> selections(TableName relation) {
        TableName table = scopes.top(relation);
        TableScope scope = scopes.scopes().get(table);
        RowSet apart = new RowSet();
        List<Selection> selections = new ArrayList<>();
        emptiedRows(relation).forEach((columns, rows) -> {
            apart.addAll(rows, relation);
            RowSet includedOfThem = new RowSet();
            RowSet others = new RowSet();
            for (LongIterator it = rows.tids(relation); it.hasNext(); ) {
                long tid = it.next();
                (included(table).contains(relation, tid) ? includedOfThem : others).add(relation, tid);
            }
            listed(relation, includedOfThem, NONE, Selection.Reason.INCLUDED, columns, Optional.empty(), selections);
            listed(relation, others, NONE, Selection.Reason.BELONGING, columns, guard(scope, true), selections);
        });
        listed(
                relation,
                referenced(table),
                apart,
                Selection.Reason.REFERENCED,
                List.of(),
                guard(scope, true),
                selections);
        listed(relation, included(table), apart, Selection.Reason.INCLUDED, List.of(), Optional.empty(), selections);
        Optional<RowList> except = apart.list(relation);
        switch (scope.kind()) {
            case ALL -> {
                if (except.isEmpty()) {
                    return Optional.empty();
                }
                selections.add(byPredicate(Optional.empty(), except, Optional.empty()));
            }
            case BELONGING -> {
                Optional<String> predicate =
                        byPages.contains(table) ? keys.belongs(table) : sql.belongs(table, Selection.ALIAS);
                if (predicate.isPresent()) {
                    Selection selection = byPredicate(predicate, except, guard(scope, false));
                    selections.add(byPages.contains(table) ? selection.readByPages() : selection);
                } else {
                    listed(
                            relation,
                            belonging(table),
                            apart,
                            Selection.Reason.BELONGING,
                            List.of(),
                            guard(scope, false),
                            selections);
                }
            }
            case REFERENCED ->
                sql.referenced(table, Selection.ALIAS)
                        .ifPresent(predicate -> selections.add(new Selection(
                                Selection.Reason.REFERENCED,
                                Optional.of(predicate),
                                Optional.empty(),
                                except,
                                List.of(),
                                Optional.empty(),
                                // Rows listed apart may be referenced by loaded rows too, and would come twice.
                                selections.isEmpty() ? keys.referencing(table) : Optional.empty(),
                                false)));
            default -> {
                // Only listed rows, or none.
            }
        }
        return Optional.of(selections);
    }

    private static Selection byPredicate(
            Optional<String> predicate, Optional<RowList> except, Optional<TenantGuard> guard) {
        return new Selection(Selection.Reason.BELONGING, predicate, Optional.empty(), except, List.of(), guard);
    }

    private static void listed(
            TableName relation,
            RowSet rows,
            RowSet without,
            Selection.Reason reason,
            List<String> emptied,
            Optional<TenantGuard> guard,
            List<Selection> selections) {
        for (RowList list : rows.lists(relation, without, LIST_ROWS)) {
            selections.add(
                    new Selection(reason, Optional.empty(), Optional.of(list), Optional.empty(), emptied, guard));
        }
    }

    private Optional<TenantGuard> guard(TableScope scope, boolean nobody) {
        return scope.columns().isEmpty()
                ? Optional.empty()
                : Optional.of(new TenantGuard(
                        sql.forms(scope),
                        scope.columns().stream()
                                .flatMap(column -> sql.values(scope.table(), column).stream())
                                .distinct()
                                .toList(),
                        nobody));
    }

    /** Rows with emptied columns, by which columns these are. */
    private Map<List<String>, RowSet> emptiedRows(TableName relation) {
        RowSet all = new RowSet();
        emptied.values().forEach(rows -> all.addAll(rows, relation));
        Map<List<String>, RowSet> groups = new LinkedHashMap<>();
        for (LongIterator it = all.tids(relation); it.hasNext(); ) {
            long tid = it.next();
            Set<String> columns = new TreeSet<>();
            emptied.forEach((reference, rows) -> {
                if (rows.contains(relation, tid)) {
                    columns.addAll(emptiedColumns.get(reference));
                }
            });
            groups.computeIfAbsent(List.copyOf(columns), unused -> new RowSet()).add(relation, tid);
        }
        return groups;
    }
}
