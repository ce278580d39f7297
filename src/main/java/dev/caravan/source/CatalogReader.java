package dev.caravan.source;

import dev.caravan.schema.Catalog;
import dev.caravan.schema.MaterializedView;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a database holds, under a snapshot and with an empty search path, so that every definition is qualified. */
final class CatalogReader {
    private static final String SEQUENCES =
            "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relkind = 'S' AND " + LockedTable.IN_COPY + " ORDER BY 1, 2";

    private static final String VIEWS =
            "SELECT c.oid, n.nspname, c.relname, c.relispopulated FROM pg_catalog.pg_class c"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'm' AND "
                    + LockedTable.IN_COPY + " ORDER BY 2, 3";

    /** Materialised views that a materialised view reads, directly or through views. */
    private static final String VIEW_READS = """
            WITH RECURSIVE reads(viewer, viewed) AS (
              SELECT DISTINCT r.ev_class, d.refobjid FROM pg_catalog.pg_rewrite r
              JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
                AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid <> r.ev_class
              JOIN pg_catalog.pg_class c ON c.oid = d.refobjid AND c.relkind IN ('v', 'm')
            ), reached(viewer, viewed) AS (
              SELECT viewer, viewed FROM reads UNION
              SELECT x.viewer, y.viewed FROM reached x JOIN reads y ON y.viewer = x.viewed
            )
            SELECT x.viewer, n.nspname, c.relname FROM reached x
            JOIN pg_catalog.pg_class v ON v.oid = x.viewer AND v.relkind = 'm'
            JOIN pg_catalog.pg_class c ON c.oid = x.viewed AND c.relkind = 'm'
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE x.viewer <> x.viewed""";

    private static final String LARGE_OBJECTS = "SELECT oid FROM pg_catalog.pg_largeobject_metadata ORDER BY oid";

    private static final String USER_MAPPINGS = "SELECT count(*) FROM pg_catalog.pg_user_mappings";

    private CatalogReader() {}

    static Catalog read(Snapshot snapshot) {
        return snapshot.use("reading the catalog", CatalogReader::read);
    }

    static Catalog read(Connection holder) throws SQLException {
        return new Catalog(
                Rows.of(holder, "SELECT pg_catalog.current_setting('server_version_num')::int", row -> row.getInt(1))
                        .get(0),
                TableReader.read(holder),
                KeyReader.foreignKeys(holder),
                KeyReader.indexes(holder),
                Rows.of(holder, SEQUENCES, row -> new TableName(row.getString(1), row.getString(2))),
                views(holder),
                Rows.of(holder, LARGE_OBJECTS, row -> row.getLong(1)),
                ConstraintReader.checks(holder),
                ConstraintReader.valueStatistics(holder),
                KeyReader.extensionKeys(holder),
                PartitionReader.read(holder),
                Rows.of(holder, USER_MAPPINGS, row -> row.getInt(1)).get(0),
                Set.of());
    }

    private record ViewRow(long oid, TableName name, boolean populated) {}

    private record ReadRow(long viewer, TableName viewed) {}

    private static List<MaterializedView> views(Connection holder) throws SQLException {
        List<ViewRow> views = Rows.of(
                holder,
                VIEWS,
                row -> new ViewRow(
                        row.getLong(1), new TableName(row.getString(2), row.getString(3)), row.getBoolean(4)));
        Map<Long, List<TableName>> reads = new LinkedHashMap<>();
        if (!views.isEmpty()) {
            for (ReadRow read : Rows.of(
                    holder,
                    VIEW_READS,
                    row -> new ReadRow(row.getLong(1), new TableName(row.getString(2), row.getString(3))))) {
                reads.computeIfAbsent(read.viewer(), unused -> new ArrayList<>())
                        .add(read.viewed());
            }
        }
        return views.stream()
                .map(view ->
                        new MaterializedView(view.name(), view.populated(), reads.getOrDefault(view.oid(), List.of())))
                .toList();
    }
}
