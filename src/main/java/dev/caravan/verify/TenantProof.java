package dev.caravan.verify;

import dev.caravan.job.TenantReport;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Proves on the loaded database that no row of another tenant is in it. It shares no code with the planner: it reads the loaded
 * database's own catalog, and lets the two labels "of a chosen tenant" and "of another tenant" flow down its keys, until no row gets a
 * new one. A row with the second label alone is one too many.
 */
final class TenantProof {
    private final Connection staging;
    private final TenantQuestion question;
    private final LoadedKeys loaded;
    private final ColumnLabels columnLabels;
    private final String exempt;
    /** Tables whose rows a column tells apart: a condition for each label. */
    private final Map<TableName, ColumnLabels.Labels> byColumn;
    /** Tables whose rows get their labels over keys: the temporary table that holds them. */
    private final Map<TableName, String> byKey = new LinkedHashMap<>();

    /** Tables with one key to a table of the first kind, to which nothing is owed further: its labels are asked for, not kept. */
    private final Map<TableName, LoadedKeys.Key> byOneKey = new LinkedHashMap<>();

    private TenantProof(Connection staging, TenantQuestion question) throws SQLException {
        this.staging = staging;
        this.question = question;
        this.loaded = LoadedKeys.read(staging, question.virtualKeys());
        this.columnLabels = new ColumnLabels(staging, question, loaded);
        this.byColumn = columnLabels.byTable();
        this.exempt = exempt();
    }

    /**
     * @param staging a session of somebody who may make temporary tables
     * @throws CaravanException {@code tenant-not-isolated} that names tables and counts; {@code verification-failed} that names keys and counts
     */
    static TenantReport prove(Connection staging, TenantQuestion question) throws SQLException {
        TenantProof proof = new TenantProof(staging, question);
        proof.labelOverKeys();
        List<TenantReport.TableRows> tables = proof.count();
        List<String> foreign = tables.stream()
                .filter(table -> table.foreign() > 0)
                .map(table -> table.table() + " (" + table.foreign() + ")")
                .toList();
        if (!foreign.isEmpty()) {
            throw CaravanException.of(
                            ErrorCode.TENANT_NOT_ISOLATED,
                            "The new database holds rows that belong to other tenants only: "
                                    + String.join(", ", foreign) + ".",
                            "The old target is as it was. An afterLoad file may have added them; else report this as a defect.")
                    .with("tables", foreign);
        }
        return new TenantReport(tables, LoadedOrphans.prove(staging, proof.loaded, question));
    }

    /** A row and its part's row in the ledger were written by one transaction. */
    private String exempt() throws SQLException {
        if (question.includedParts().isEmpty()) {
            return "FALSE";
        }
        String parts =
                question.includedParts().stream().map(Identifiers::literal).collect(Collectors.joining(", "));
        String transactions = single(
                "SELECT coalesce(pg_catalog.string_agg(pg_catalog.quote_literal(p.xmin::pg_catalog.text), ', '), '')"
                        + " FROM caravan.part p WHERE p.id IN (" + parts + ")");
        // Never NULL: a row about which nothing is known is not exempt.
        return transactions.isEmpty()
                ? "FALSE"
                : "coalesce(t.xmin = ANY (ARRAY[" + transactions + "]::pg_catalog.xid[]), FALSE)";
    }

    /** Labels flow from rows that are referenced to rows that reference them, round after round. */
    private void labelOverKeys() throws SQLException {
        List<LoadedKeys.Key> ways = ways();
        for (LoadedKeys.Key way : ways) {
            TableName table = way.table().top();
            // Over a virtual key a row may reference several, and would be counted once for each.
            if (way.valid()
                    && byColumn.containsKey(way.referenced().top())
                    && way.table().name().equals(table)
                    && ways.stream()
                                    .filter(it -> it.table().top().equals(table))
                                    .count()
                            == 1
                    && ways.stream().noneMatch(it -> it.referenced().top().equals(table))) {
                byOneKey.put(table, way);
            }
        }
        boolean grows = true;
        while (grows) {
            grows = false;
            for (LoadedKeys.Key way : ways) {
                TableName from = way.referenced().top();
                if (byOneKey.containsKey(way.table().top())) {
                    continue;
                }
                if (byColumn.containsKey(from) || byKey.containsKey(from)) {
                    grows |= flow(way) > 0;
                }
            }
        }
    }

    /** The keys over which a label can come: those that lead, over whatever others, to a table whose column tells. */
    private List<LoadedKeys.Key> ways() {
        List<LoadedKeys.Key> candidates = loaded.keys().stream()
                .filter(key -> !byColumn.containsKey(key.table().top())
                        && !columnLabels.shared(key.table().top()))
                .toList();
        Set<TableName> labelled = new HashSet<>(byColumn.keySet());
        boolean grows = true;
        while (grows) {
            grows = false;
            for (LoadedKeys.Key key : candidates) {
                grows |= labelled.contains(key.referenced().top())
                        && labelled.add(key.table().top());
            }
        }
        return candidates.stream()
                .filter(key -> labelled.contains(key.referenced().top()))
                .toList();
    }

    private long flow(LoadedKeys.Key way) throws SQLException {
        TableName to = way.table().top();
        if (!byKey.containsKey(to)) {
            String name = "pg_temp.caravan_label_" + byKey.size();
            execute("CREATE TEMPORARY TABLE " + name.substring("pg_temp.".length())
                    + " (rel oid, tid tid, chosen boolean NOT NULL, other boolean NOT NULL, PRIMARY KEY (rel, tid))");
            byKey.put(to, name);
        }
        String labels = byKey.get(to);
        TableName from = way.referenced().top();
        String source;
        if (byColumn.containsKey(from)) {
            source = told(way);
        } else {
            source = "(SELECT t.*, l.chosen AS caravan_chosen, l.other AS caravan_other FROM "
                    + way.referenced().rows() + " t JOIN " + byKey.get(from)
                    + " l ON l.rel = t.tableoid AND l.tid = t.ctid) p";
        }
        return update("INSERT INTO " + labels + " AS old (rel, tid, chosen, other)"
                + " SELECT r.tableoid, r.ctid, pg_catalog.bool_or(p.caravan_chosen), pg_catalog.bool_or(p.caravan_other) FROM "
                + way.table().rows() + " r JOIN " + source + " ON " + way.joins("r", "p")
                + " WHERE p.caravan_chosen OR p.caravan_other GROUP BY r.tableoid, r.ctid"
                + " ON CONFLICT (rel, tid) DO UPDATE SET chosen = old.chosen OR excluded.chosen, other = old.other OR excluded.other"
                + " WHERE (excluded.chosen AND NOT old.chosen) OR (excluded.other AND NOT old.other)");
    }

    /** Rows with their labels, as their columns tell them. */
    private String told(LoadedKeys.Key way) {
        ColumnLabels.Labels told = byColumn.get(way.referenced().top());
        return "(SELECT t.*, " + told.chosen() + " AS caravan_chosen, " + told.other() + " AS caravan_other FROM "
                + way.referenced().rows() + " t) p";
    }

    private List<TenantReport.TableRows> count() throws SQLException {
        List<TenantReport.TableRows> counted = new ArrayList<>();
        for (LoadedKeys.Loaded table : loaded.tables().values()) {
            if (!table.name().equals(table.top())) {
                continue;
            }
            String chosen = "FALSE";
            String other = "FALSE";
            String from = table.rows() + " t";
            if (byColumn.containsKey(table.name())) {
                chosen = "(" + byColumn.get(table.name()).chosen() + ")";
                other = "(" + byColumn.get(table.name()).other() + ")";
            } else if (byOneKey.containsKey(table.name())) {
                LoadedKeys.Key way = byOneKey.get(table.name());
                chosen = "coalesce(p.caravan_chosen, FALSE)";
                other = "coalesce(p.caravan_other, FALSE)";
                from += " LEFT JOIN " + told(way) + " ON " + way.joins("t", "p");
            } else if (byKey.containsKey(table.name())) {
                chosen = "coalesce(l.chosen, FALSE)";
                other = "coalesce(l.other, FALSE)";
                from += " LEFT JOIN " + byKey.get(table.name()) + " l ON l.rel = t.tableoid AND l.tid = t.ctid";
            }
            String alone = other + " AND NOT " + chosen;
            try (Statement statement = staging.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*), count(*) FILTER (WHERE " + chosen
                            + "), count(*) FILTER (WHERE NOT " + chosen + " AND NOT " + other
                            + "), count(*) FILTER (WHERE " + alone + " AND " + exempt + "), count(*) FILTER (WHERE "
                            + alone + " AND NOT " + exempt + ") FROM " + from)) {
                row.next();
                counted.add(new TenantReport.TableRows(
                        table.name(), row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
            }
        }
        return counted;
    }

    private String single(String query) throws SQLException {
        try (Statement statement = staging.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String command) throws SQLException {
        try (Statement statement = staging.createStatement()) {
            statement.execute(command);
        }
    }

    private long update(String command) throws SQLException {
        try (Statement statement = staging.createStatement()) {
            return statement.executeLargeUpdate(command);
        }
    }
}
