package dev.caravan.verify;

import dev.caravan.mask.VirtualKey;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The tables of a loaded database, their columns and the keys between them, read from its own catalog. */
final class LoadedKeys {
    private static final String TABLES = """
            SELECT c.oid, n.nspname, c.relname, c.relkind = 'p' AS partitioned,
              CASE WHEN c.relispartition THEN pg_catalog.pg_partition_root(c.oid)::pg_catalog.oid ELSE c.oid END AS top,
              ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
              EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') AS extension
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'caravan') AND n.nspname NOT LIKE 'pg\\_%'""";

    private static final String KEYS = """
            SELECT k.conname, k.conrelid, k.confrelid, k.convalidated,
              ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY u (n, i)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n ORDER BY u.i) AS columns,
              ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY u (n, i)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.n ORDER BY u.i) AS referenced,
              ARRAY(SELECT n.nspname::text || '.' || o.oprname FROM pg_catalog.unnest(k.conpfeqop) WITH ORDINALITY u (op, i)
                JOIN pg_catalog.pg_operator o ON o.oid = u.op JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace ORDER BY u.i) AS operators
            FROM pg_catalog.pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0""";

    /**
     * A table.
     *
     * @param top the table at the top of its partitions' tree, or itself
     * @param extension whether an extension owns it
     */
    record Loaded(TableName name, TableName top, boolean partitioned, List<String> columns, boolean extension) {
        /** As FROM names it: with its partitions, without what inherits from it. */
        String rows() {
            return (partitioned ? "" : "ONLY ") + name.quoted();
        }
    }

    /**
     * A key between two tables.
     *
     * @param operators the equality of each pair of columns, with its schema
     * @param valid whether PostgreSQL holds it for valid
     * @param virtual whether only the policy knows it
     */
    record Key(
            String name,
            Loaded table,
            List<String> columns,
            Loaded referenced,
            List<String> referencedColumns,
            List<String> operators,
            boolean valid,
            boolean virtual) {
        /** That a row references another. */
        String joins(String referencing, String referencedAlias) {
            List<String> pairs = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                pairs.add(referencedAlias + "." + Identifiers.quoted(referencedColumns.get(i)) + " " + operators.get(i)
                        + " " + referencing + "." + Identifiers.quoted(columns.get(i)));
            }
            return String.join(" AND ", pairs);
        }

        /** That a row references anything. */
        String present(String referencing) {
            return columns.stream()
                    .map(column -> referencing + "." + Identifiers.quoted(column) + " IS NOT NULL")
                    .collect(Collectors.joining(" AND "));
        }
    }

    private final Map<Long, Loaded> byOid = new HashMap<>();
    private final Map<TableName, Loaded> tables = new TreeMap<>();
    private final List<Key> keys = new ArrayList<>();

    private LoadedKeys() {}

    /** The virtual ones of them, as whoever drops rows wants them. */
    List<ForeignKey> virtual() {
        return keys.stream()
                .filter(Key::virtual)
                .map(key -> ForeignKey.virtual(
                        key.name(),
                        key.table().name(),
                        key.columns(),
                        key.referenced().name(),
                        key.referencedColumns(),
                        key.operators()))
                .toList();
    }

    static LoadedKeys read(Connection session, List<VirtualKey> virtualKeys) throws SQLException {
        LoadedKeys read = new LoadedKeys();
        read.readTables(session);
        read.readKeys(session);
        for (VirtualKey key : virtualKeys) {
            read.add(session, key);
        }
        return read;
    }

    /** Every table by name, partitions too. */
    Map<TableName, Loaded> tables() {
        return tables;
    }

    List<Key> keys() {
        return keys;
    }

    private void readTables(Connection session) throws SQLException {
        record Found(long oid, long top, Loaded table) {}
        List<Found> found = new ArrayList<>();
        Map<Long, TableName> names = new HashMap<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                TableName name = new TableName(row.getString("nspname"), row.getString("relname"));
                names.put(row.getLong("oid"), name);
                found.add(new Found(
                        row.getLong("oid"),
                        row.getLong("top"),
                        new Loaded(
                                name,
                                name,
                                row.getBoolean("partitioned"),
                                texts(row, "columns"),
                                row.getBoolean("extension"))));
            }
        }
        for (Found one : found) {
            Loaded it = one.table();
            Loaded table = new Loaded(
                    it.name(),
                    names.getOrDefault(one.top(), it.name()),
                    it.partitioned(),
                    it.columns(),
                    it.extension());
            byOid.put(one.oid(), table);
            tables.put(table.name(), table);
        }
    }

    private void readKeys(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(KEYS)) {
            while (row.next()) {
                Loaded table = byOid.get(row.getLong("conrelid"));
                Loaded referenced = byOid.get(row.getLong("confrelid"));
                if (table != null && referenced != null) {
                    keys.add(new Key(
                            row.getString("conname"),
                            table,
                            texts(row, "columns"),
                            referenced,
                            texts(row, "referenced"),
                            texts(row, "operators").stream()
                                    .map(LoadedKeys::operator)
                                    .toList(),
                            row.getBoolean("convalidated"),
                            false));
                }
            }
        }
    }

    private static String operator(String qualified) {
        int dot = qualified.lastIndexOf('.');
        return "OPERATOR(" + Identifiers.quoted(qualified.substring(0, dot)) + qualified.substring(dot) + ")";
    }

    /** What a virtual key is called in reports. */
    static String name(VirtualKey key) {
        return "virtual key " + key.origin();
    }

    private void add(Connection session, VirtualKey key) throws SQLException {
        Optional<Loaded> table = Optional.ofNullable(tables.get(key.table()));
        Optional<Loaded> referenced = Optional.ofNullable(tables.get(key.referenced()));
        if (table.isPresent() && referenced.isPresent()) {
            List<String> operators = new ArrayList<>();
            for (int i = 0; i < key.columns().size(); i++) {
                operators.add(Equality.of(session, key.table(), key.columns().get(i))
                        .with(Equality.of(
                                session,
                                key.referenced(),
                                key.referencedColumns().get(i))));
            }
            keys.add(new Key(
                    name(key),
                    table.get(),
                    key.columns(),
                    referenced.get(),
                    key.referencedColumns(),
                    operators,
                    false,
                    true));
        }
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }
}
