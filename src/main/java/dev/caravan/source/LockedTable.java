package dev.caravan.source;

import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that a copy locks: a plain or partitioned one that belongs to the user or is an extension's configuration table.
 *
 * @param oid pg_class.oid
 * @param name the table's name
 */
record LockedTable(long oid, TableName name) {
    /**
     * SQL: which relations belong to a copy, given the aliases {@code c} of pg_class and {@code n} of pg_namespace. Extensions'
     * own relations come back with CREATE EXTENSION; only their configuration tables carry data of the user's.
     */
    static final String IN_COPY = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"
            + " AND c.relpersistence <> 't' AND (NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid ="
            + " 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')"
            + " OR EXISTS (SELECT 1 FROM pg_catalog.pg_extension e WHERE c.oid = ANY (e.extconfig)))";

    /** So many tables per LOCK statement: a statement's text stays small. */
    private static final int LOCK_BATCH = 500;

    static List<LockedTable> list(Connection session, Exclusion exclusion) throws SQLException {
        List<LockedTable> tables = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT c.oid, n.nspname, c.relname FROM pg_catalog.pg_class c"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND "
                        + IN_COPY + exclusion.condition() + " ORDER BY c.oid")) {
            while (rows.next()) {
                tables.add(new LockedTable(rows.getLong(1), new TableName(rows.getString(2), rows.getString(3))));
            }
        }
        return tables;
    }

    /** ACCESS SHARE on each table alone, without its children. */
    static void lock(Connection session, List<LockedTable> tables) throws SQLException {
        try (Statement statement = session.createStatement()) {
            for (int from = 0; from < tables.size(); from += LOCK_BATCH) {
                String names = tables.subList(from, Math.min(tables.size(), from + LOCK_BATCH)).stream()
                        .map(table -> "ONLY " + table.name().quoted())
                        .collect(Collectors.joining(", "));
                statement.execute("LOCK TABLE " + names + " IN ACCESS SHARE MODE");
            }
        }
    }
}
