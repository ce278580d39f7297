package dev.caravan.source;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import dev.caravan.schema.TablePattern;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The relations of a source that a request leaves out: not locked, not read and not made. With a partitioned table go its partitions, and with a table
 * the sequences that it owns.
 *
 * @param relations their names by their oids
 */
record Exclusion(Map<Long, TableName> relations) {
    static final Exclusion NOTHING = new Exclusion(Map.of());

    private static final int NAMES_SHOWN = 20;

    private static final String RELATIONS = "SELECT c.oid, n.nspname, c.relname FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND "
            + LockedTable.IN_COPY;

    private static final String WITH_PARTS = """
            WITH RECURSIVE gone (oid) AS (
              SELECT pg_catalog.unnest(?::pg_catalog.oid[]) UNION
              SELECT i.inhrelid FROM gone JOIN pg_catalog.pg_inherits i ON i.inhparent = gone.oid
              JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relispartition
            ), whole (oid) AS (
              SELECT oid FROM gone UNION
              SELECT d.objid FROM gone JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = gone.oid
                AND d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')
              JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S'
            )
            SELECT c.oid, n.nspname, c.relname FROM whole JOIN pg_catalog.pg_class c ON c.oid = whole.oid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace""";

    /** What is no part of the relations that go, and depends on one of them or on its row type. */
    private static final String NEEDED = """
            WITH gone (oid) AS (SELECT pg_catalog.unnest(?::pg_catalog.oid[])),
            rows (oid) AS (SELECT t.oid FROM pg_catalog.pg_type t JOIN gone ON gone.oid = t.typrelid),
            named (class, oid) AS (
              SELECT 'pg_catalog.pg_class'::regclass, oid FROM gone
              UNION ALL SELECT 'pg_catalog.pg_type'::regclass, oid FROM rows
              UNION ALL SELECT 'pg_catalog.pg_type'::regclass, t.oid FROM rows JOIN pg_catalog.pg_type t ON t.typelem = rows.oid),
            needing (class, oid) AS (
              SELECT DISTINCT d.classid, d.objid FROM named
              JOIN pg_catalog.pg_depend d ON d.refclassid = named.class AND d.refobjid = named.oid
              WHERE d.deptype IN ('n', 'a') AND d.classid <> 'pg_catalog.pg_publication_rel'::regclass),
            owned (class, oid, relation) AS (
              SELECT class, oid, CASE class
                WHEN 'pg_catalog.pg_class'::regclass THEN coalesce((SELECT i.indrelid FROM pg_catalog.pg_index i WHERE i.indexrelid = needing.oid), needing.oid)
                WHEN 'pg_catalog.pg_rewrite'::regclass THEN (SELECT r.ev_class FROM pg_catalog.pg_rewrite r WHERE r.oid = needing.oid)
                WHEN 'pg_catalog.pg_constraint'::regclass THEN (SELECT k.conrelid FROM pg_catalog.pg_constraint k WHERE k.oid = needing.oid)
                WHEN 'pg_catalog.pg_attrdef'::regclass THEN (SELECT a.adrelid FROM pg_catalog.pg_attrdef a WHERE a.oid = needing.oid)
                WHEN 'pg_catalog.pg_trigger'::regclass THEN (SELECT t.tgrelid FROM pg_catalog.pg_trigger t WHERE t.oid = needing.oid)
                WHEN 'pg_catalog.pg_policy'::regclass THEN (SELECT p.polrelid FROM pg_catalog.pg_policy p WHERE p.oid = needing.oid)
                WHEN 'pg_catalog.pg_statistic_ext'::regclass THEN (SELECT s.stxrelid FROM pg_catalog.pg_statistic_ext s WHERE s.oid = needing.oid)
                ELSE 0 END FROM needing)
            SELECT DISTINCT CASE WHEN class IN ('pg_catalog.pg_rewrite'::regclass)
              THEN pg_catalog.pg_describe_object('pg_catalog.pg_class'::regclass, relation, 0) ELSE pg_catalog.pg_describe_object(class, oid, 0) END
            FROM owned WHERE relation NOT IN (SELECT oid FROM gone) ORDER BY 1""";

    Exclusion {
        relations = Collections.unmodifiableMap(new TreeMap<>(relations));
    }

    /**
     * @param patterns as the request has them
     * @throws CaravanException {@code table-choice} when one names nothing, or something that stays needs what goes
     */
    static Exclusion of(Connection session, List<TablePattern> patterns) throws SQLException {
        if (patterns.isEmpty()) {
            return NOTHING;
        }
        Map<Long, TableName> all = new TreeMap<>();
        Rows.of(session, RELATIONS, row -> all.put(row.getLong(1), new TableName(row.getString(2), row.getString(3))));
        for (TablePattern pattern : patterns) {
            if (all.values().stream().noneMatch(pattern::matches)) {
                throw CaravanException.of(
                        ErrorCode.TABLE_CHOICE,
                        "The source has no table or view " + pattern + ", which tables.exclude names.",
                        "Correct the name; * stands for any characters.");
            }
        }
        List<Long> named = all.entrySet().stream()
                .filter(relation -> patterns.stream().anyMatch(pattern -> pattern.matches(relation.getValue())))
                .map(Map.Entry::getKey)
                .toList();
        Map<Long, TableName> gone = new TreeMap<>();
        ask(
                session,
                WITH_PARTS,
                named,
                row -> gone.put(row.getLong(1), new TableName(row.getString(2), row.getString(3))));
        List<String> needing = new ArrayList<>();
        ask(session, NEEDED, List.copyOf(gone.keySet()), row -> needing.add(row.getString(1)));
        if (!needing.isEmpty()) {
            throw CaravanException.of(
                    ErrorCode.TABLE_CHOICE,
                    "What is copied needs what tables.exclude leaves out: "
                            + needing.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
                            + (needing.size() > NAMES_SHOWN ? " and " + (needing.size() - NAMES_SHOWN) + " more" : "")
                            + ".",
                    "Exclude these too, or have the table made without rows: tables.schemaOnly.");
        }
        return new Exclusion(gone);
    }

    private interface Reading {
        void row(ResultSet row) throws SQLException;
    }

    private static void ask(Connection session, String query, List<Long> oids, Reading reading) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(query)) {
            statement.setArray(1, session.createArrayOf("oid", oids.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    reading.row(row);
                }
            }
        }
    }

    Set<TableName> names() {
        return Set.copyOf(relations.values());
    }

    boolean covers(long oid) {
        return relations.containsKey(oid);
    }

    /** SQL, to be added to a condition on {@code c} of pg_class. */
    String condition() {
        return relations.isEmpty()
                ? ""
                : relations.keySet().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ", " AND c.oid NOT IN (", ")"));
    }
}
