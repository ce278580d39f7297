package dev.caravan.source;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.Index;
import dev.caravan.schema.TableName;
import dev.caravan.tenant.Reference;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.TenantSql;
import dev.caravan.tenant.Tid;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Single rows of the source, under a snapshot: by their keys, and along references both ways. Not thread-safe. */
final class RowSearch {
    /** SQLSTATE class of values that a type does not take. */
    private static final String DATA_EXCEPTION = "22";

    private static final int FETCH_ROWS = 1_000;

    private final Connection session;
    private final TenantScopes scopes;
    private final TenantSql sql;
    private final Map<Long, TableName> byOid = new HashMap<>();
    private final Map<TableName, List<String>> primaryKeys = new HashMap<>();

    RowSearch(Connection session, Catalog catalog, TenantScopes scopes) {
        this.session = session;
        this.scopes = scopes;
        this.sql = new TenantSql(scopes);
        scopes.relations().forEach((name, table) -> byOid.put(table.oid(), name));
        catalog.indexes().stream()
                .filter(index -> index.constraint()
                        .filter(it -> it.kind() == Index.Constraint.Kind.PRIMARY_KEY)
                        .isPresent())
                .forEach(index -> primaryKeys.put(index.table(), index.demands().columns()));
    }

    /**
     * The one row whose columns have these values.
     *
     * @throws CaravanException {@code not-found}, or {@code validation} when they name no column, several rows or what no column takes; it never
     *     repeats a value
     */
    SourceRow find(TableName table, Map<String, Object> key) throws SQLException {
        if (!scopes.relations().containsKey(table)) {
            throw CaravanException.of(
                    ErrorCode.NOT_FOUND,
                    "The source has no table " + table + ".",
                    "Name schema and table, as in public.customer.");
        }
        List<String> names = key.keySet().stream().sorted().toList();
        List<String> conditions = new ArrayList<>();
        for (String name : names) {
            Column column = scopes.relations().get(table).columns().stream()
                    .filter(it -> it.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> invalid("The table " + table + " has no column " + name + "."));
            conditions.add("r." + Identifiers.quoted(name) + sql.operator(table, name) + "?::"
                    + Identifiers.quoted(column.type().schema()) + "."
                    + Identifiers.quoted(column.type().name()));
        }
        try (PreparedStatement statement = session.prepareStatement("SELECT r.tableoid, r.ctid FROM " + sql.rows(table)
                + " r WHERE " + String.join(" AND ", conditions) + " LIMIT 2")) {
            for (int i = 0; i < names.size(); i++) {
                statement.setString(i + 1, String.valueOf(key.get(names.get(i))));
            }
            List<SourceRow> rows = rows(statement);
            if (rows.isEmpty()) {
                throw CaravanException.of(
                        ErrorCode.NOT_FOUND,
                        "The source has no such row in " + table + ".",
                        "Give the values as the source has them.");
            }
            if (rows.size() > 1) {
                throw invalid("Several rows of " + table + " have these values.");
            }
            return rows.get(0);
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(DATA_EXCEPTION)) {
                throw invalid("A value is not of its column's type.");
            }
            throw e;
        }
    }

    private static CaravanException invalid(String detail) {
        return CaravanException.of(
                ErrorCode.VALIDATION,
                detail,
                "Give columns and values that one row alone has, such as its primary key.");
    }

    /** Whether a condition on a row under the alias r is true of it. */
    boolean meets(SourceRow row, String condition) throws SQLException {
        return !query("SELECT r.tableoid, r.ctid FROM ONLY " + row.relation().quoted() + " r WHERE " + at("r", row)
                        + " AND (" + condition + ")")
                .isEmpty();
    }

    /** The row that it references over the key; none or one, or several where a virtual key names what is not unique. */
    List<SourceRow> referenced(SourceRow row, Reference reference) throws SQLException {
        return comesFrom(reference, row.relation())
                ? query("SELECT p.tableoid, p.ctid FROM ONLY " + row.relation().quoted() + " r JOIN "
                        + sql.rows(reference.referencedRelation()) + " p ON " + sql.equal(reference, "r", "p")
                        + " WHERE " + at("r", row))
                : List.of();
    }

    interface Each {
        /** @return whether to go on */
        boolean take(SourceRow row) throws SQLException;
    }

    /**
     * Shows the rows that reference it over the key, as they come, until it is told to stop.
     *
     * @param condition of the rows to show, under the alias r
     */
    void referencing(SourceRow row, Reference reference, String condition, Each each) throws SQLException {
        if (!leadsTo(reference, row.relation())) {
            return;
        }
        try (PreparedStatement statement = session.prepareStatement(
                "SELECT r.tableoid, r.ctid FROM ONLY " + row.relation().quoted() + " p JOIN "
                        + sql.rows(reference.relation()) + " r ON " + sql.equal(reference, "r", "p") + " WHERE "
                        + at("p", row) + " AND (" + condition + ")")) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet found = statement.executeQuery()) {
                boolean more = true;
                while (more && found.next()) {
                    more = each.take(new SourceRow(byOid.get(found.getLong(1)), Tid.parse(found.getString(2))));
                }
            }
        }
    }

    /** Its primary key as PostgreSQL prints it; empty for a table without one. */
    Map<String, String> key(SourceRow row) throws SQLException {
        List<String> columns = primaryKeys.getOrDefault(row.relation(), List.of());
        Map<String, String> key = new LinkedHashMap<>();
        if (columns.isEmpty()) {
            return key;
        }
        String printed = columns.stream()
                .map(column -> "r." + Identifiers.quoted(column) + "::pg_catalog.text")
                .collect(Collectors.joining(", "));
        try (PreparedStatement statement = session.prepareStatement(
                        "SELECT " + printed + " FROM ONLY " + row.relation().quoted() + " r WHERE " + at("r", row));
                ResultSet found = statement.executeQuery()) {
            found.next();
            for (int i = 0; i < columns.size(); i++) {
                key.put(columns.get(i), found.getString(i + 1));
            }
        }
        return key;
    }

    private boolean leadsTo(Reference reference, TableName relation) {
        return scopes.holds(reference.referencedRelation(), relation);
    }

    private boolean comesFrom(Reference reference, TableName relation) {
        return scopes.holds(reference.relation(), relation);
    }

    private static String at(String alias, SourceRow row) {
        return alias + ".ctid = '" + Tid.text(row.tid()) + "'::pg_catalog.tid AND " + alias + ".tableoid = "
                + Identifiers.literal(row.relation().quoted()) + "::pg_catalog.regclass";
    }

    private List<SourceRow> query(String query) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(query)) {
            return rows(statement);
        }
    }

    private List<SourceRow> rows(PreparedStatement statement) throws SQLException {
        List<SourceRow> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                rows.add(new SourceRow(byOid.get(found.getLong(1)), Tid.parse(found.getString(2))));
            }
        }
        return rows;
    }
}
