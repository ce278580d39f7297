package dev.caravan.source;

import dev.caravan.schema.ColumnType;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads types and the types inside them, level by level, so that a catalog of many tables costs a handful of queries. */
final class TypeReader {
    private static final String QUERY = """
            SELECT t.oid, n.nspname, t.typname, t.typtype::text,
              -- int2vector and oidvector have elements, and are printed unlike arrays.
              CASE WHEN t.oid IN (22, 30) THEN 'U' ELSE t.typcategory::text END AS typcategory,
              t.typsend <> 0 AND t.typreceive <> 0 AS binary_io,
              CASE WHEN t.typtype = 'd' THEN ARRAY[t.typbasetype::bigint]
                   WHEN t.typcategory = 'A' AND t.typelem <> 0 AND t.oid NOT IN (22, 30) THEN ARRAY[t.typelem::bigint]
                   WHEN t.typtype = 'c' THEN ARRAY(SELECT a.atttypid::bigint FROM pg_catalog.pg_attribute a
                       WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum)
                   WHEN t.typtype = 'r' THEN ARRAY(SELECT r.rngsubtype::bigint FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid)
                   WHEN t.typtype = 'm' THEN ARRAY(SELECT (pg_catalog.to_jsonb(r) ->> 'rngtypid')::bigint
                       FROM pg_catalog.pg_range r WHERE (pg_catalog.to_jsonb(r) ->> 'rngmultitypid')::bigint = t.oid)
                   ELSE '{}' END AS parts,
              CASE WHEN t.typtype = 'e' THEN ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e
                   WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) END AS labels,
              t.typtype = 'd' AND t.typnotnull AS not_null,
              CASE WHEN t.typtype = 'd' THEN ARRAY(SELECT pg_catalog.pg_get_constraintdef(k.oid) FROM pg_catalog.pg_constraint k
                   WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY k.conname) END AS checks,
              CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE -1 END AS modifier
            FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.oid = ANY (?)""";

    private final Map<Long, Row> rows = new HashMap<>();
    private final Map<Long, ColumnType> types = new HashMap<>();

    private record Row(
            long oid,
            String schema,
            String name,
            ColumnType.Kind kind,
            boolean binaryIo,
            List<Long> parts,
            ColumnType.Rules rules) {}

    private TypeReader() {}

    /** The types of those oids. */
    static Map<Long, ColumnType> read(Connection session, Collection<Long> oids) throws SQLException {
        TypeReader reader = new TypeReader();
        Set<Long> missing = new HashSet<>(oids);
        while (!missing.isEmpty()) {
            reader.load(session, missing);
            Set<Long> inside = new HashSet<>();
            for (long oid : missing) {
                inside.addAll(reader.rows.get(oid).parts());
            }
            inside.removeAll(reader.rows.keySet());
            missing = inside;
        }
        Map<Long, ColumnType> read = new HashMap<>();
        for (long oid : new HashSet<>(oids)) {
            read.put(oid, reader.type(oid));
        }
        return read;
    }

    private void load(Connection session, Set<Long> oids) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(QUERY)) {
            statement.setArray(1, session.createArrayOf("oid", oids.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Array parts = row.getArray("parts");
                    rows.put(
                            row.getLong("oid"),
                            new Row(
                                    row.getLong("oid"),
                                    row.getString("nspname"),
                                    row.getString("typname"),
                                    kind(row.getString("typtype"), row.getString("typcategory")),
                                    row.getBoolean("binary_io"),
                                    Arrays.asList((Long[]) parts.getArray()),
                                    new ColumnType.Rules(
                                            Rows.texts(row, "labels"),
                                            row.getBoolean("not_null"),
                                            Rows.texts(row, "checks"),
                                            row.getInt("modifier"))));
                }
            }
        }
    }

    private static ColumnType.Kind kind(String type, String category) {
        return switch (type) {
            case "c" -> ColumnType.Kind.COMPOSITE;
            case "d" -> ColumnType.Kind.DOMAIN;
            case "e" -> ColumnType.Kind.ENUM;
            case "r" -> ColumnType.Kind.RANGE;
            case "m" -> ColumnType.Kind.MULTIRANGE;
            case "p" -> ColumnType.Kind.PSEUDO;
            default -> category.equals("A") ? ColumnType.Kind.ARRAY : ColumnType.Kind.BASE;
        };
    }

    private ColumnType type(long oid) {
        ColumnType known = types.get(oid);
        if (known != null) {
            return known;
        }
        Row row = rows.get(oid);
        List<ColumnType> parts = new ArrayList<>();
        for (long part : row.parts()) {
            parts.add(type(part));
        }
        ColumnType type = new ColumnType(oid, row.schema(), row.name(), row.kind(), row.binaryIo(), parts, row.rules());
        types.put(oid, type);
        return type;
    }
}
