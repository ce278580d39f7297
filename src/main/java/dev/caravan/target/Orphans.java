package dev.caravan.target;

import dev.caravan.job.Report.ViolatedKey;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows whose reference leads to no row. One thread's. */
public final class Orphans {
    private static final String PARTITIONED = """
            SELECT n.nspname, c.relname, rn.nspname, rc.relname
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_class rc ON rc.oid = pg_catalog.pg_partition_root(c.oid) JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
            WHERE c.relkind IN ('p', 'r') AND (c.relkind = 'p' OR c.relispartition)""";

    private final Connection session;
    private final Map<TableName, TableName> tops;

    private Orphans(Connection session, Map<TableName, TableName> tops) {
        this.session = session;
        this.tops = tops;
    }

    static Orphans on(Connection session) throws SQLException {
        Map<TableName, TableName> tops = new HashMap<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(PARTITIONED)) {
            while (row.next()) {
                tops.put(
                        new TableName(row.getString(1), row.getString(2)),
                        new TableName(row.getString(3), row.getString(4)));
            }
        }
        return new Orphans(session, tops);
    }

    /** How many rows of a database violate a key. @param session a source's, as well */
    public static long count(Connection session, ForeignKey key) throws SQLException {
        return on(session).count(key);
    }

    /** That a row under the alias r references nothing. @param session on the database that is asked */
    public static String condition(Connection session, ForeignKey key) throws SQLException {
        return on(session).referencesNothing(key);
    }

    /** Whether single rows can tell: a key with PERIOD may be met by several rows together. */
    static boolean tellable(ForeignKey key) {
        return !key.definition().contains(", PERIOD ");
    }

    /** The table at the top of the partitions' tree that a table is in, or itself. */
    TableName top(TableName table) {
        return tops.getOrDefault(table, table);
    }

    /** How many rows of the key's table reference nothing. */
    long count(ForeignKey key) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM " + rows(key.table()) + " r WHERE " + referencesNothing(key))) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Deletes them. @return how many, by the table or partition they stood in */
    List<ViolatedKey> delete(ForeignKey key) throws SQLException {
        List<ViolatedKey> deleted = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(
                        "WITH gone AS (DELETE FROM " + rows(key.table()) + " r WHERE "
                                + referencesNothing(key)
                                + " RETURNING r.tableoid) SELECT n.nspname, c.relname, count(*) FROM gone JOIN pg_catalog.pg_class c"
                                + " ON c.oid = gone.tableoid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace GROUP BY 1, 2 ORDER BY 1, 2")) {
            while (row.next()) {
                deleted.add(new ViolatedKey(
                        key.name(),
                        new TableName(row.getString(1), row.getString(2)),
                        key.columns(),
                        row.getLong(3),
                        true,
                        key.isVirtual()));
            }
        }
        return deleted;
    }

    /** A key sees partitions, and no tables that inherit. */
    private String rows(TableName table) {
        return (table.equals(tops.get(table)) ? "" : "ONLY ") + table.quoted();
    }

    /** A row with a NULL among its columns references nothing and violates nothing, unless the key is MATCH FULL. */
    private String referencesNothing(ForeignKey key) {
        String present = key.columns().stream()
                .map(column -> "r." + Identifiers.quoted(column) + " IS NOT NULL")
                .collect(Collectors.joining(key.full() ? " OR " : " AND ", "(", ")"));
        String equal = IntStream.range(0, key.columns().size())
                .mapToObj(i -> "p." + Identifiers.quoted(key.referencedColumns().get(i)) + " "
                        + key.operators().get(i) + " r."
                        + Identifiers.quoted(key.columns().get(i)))
                .collect(Collectors.joining(" AND "));
        return present + " AND NOT EXISTS (SELECT 1 FROM " + rows(key.referenced()) + " p WHERE " + equal + ")";
    }
}
