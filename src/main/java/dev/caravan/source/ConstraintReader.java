package dev.caravan.source;

import dev.caravan.schema.CheckConstraint;
import dev.caravan.schema.TableName;
import dev.caravan.schema.ValueStatistics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Reads what else speaks of values: CHECK constraints, and statistics objects that hold some. */
final class ConstraintReader {
    private static final String CHECKS = """
            SELECT n.nspname, c.relname, k.conname,
              ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) ORDER BY a.attnum) AS columns,
              pg_catalog.pg_get_constraintdef(k.oid)
            FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE k.contype = 'c' AND c.relkind IN ('r', 'p') AND %s ORDER BY 1, 2, 3""".formatted(LockedTable.IN_COPY);

    private static final String VALUE_STATISTICS = """
            SELECT sn.nspname, s.stxname, n.nspname, c.relname,
              ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND (a.attnum = ANY (s.stxkeys::int2[])
                  OR a.attnum IN (SELECT d.refobjsubid FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_statistic_ext'::regclass AND d.objid = s.oid
                    AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = c.oid))
                ORDER BY a.attnum) AS columns
            FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace sn ON sn.oid = s.stxnamespace
            JOIN pg_catalog.pg_class c ON c.oid = s.stxrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE 'm' = ANY (s.stxkind) AND %s ORDER BY 1, 2""".formatted(LockedTable.IN_COPY);

    private ConstraintReader() {}

    static List<CheckConstraint> checks(Connection session) throws SQLException {
        return Rows.of(
                session,
                CHECKS,
                row -> new CheckConstraint(
                        new TableName(row.getString(1), row.getString(2)),
                        row.getString(3),
                        Rows.texts(row, "columns"),
                        row.getString(5)));
    }

    static List<ValueStatistics> valueStatistics(Connection session) throws SQLException {
        return Rows.of(
                session,
                VALUE_STATISTICS,
                row -> new ValueStatistics(
                        new TableName(row.getString(1), row.getString(2)),
                        new TableName(row.getString(3), row.getString(4)),
                        Rows.texts(row, "columns")));
    }
}
