package dev.caravan.verify;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How the values of a column are compared: by the operator that the server's own indexes use, named with its schema. By its bare name another one
 * could be found that the source defines.
 *
 * @param type the type's oid, of a domain the one of what it is made of
 * @param sql that type, as a cast names it
 * @param operator as {@code OPERATOR(schema.name)}
 */
record Equality(long type, String sql, String operator) {
    /** What PostgreSQL itself brings; types without an operator of their own, such as enums, varchar and arrays, find theirs by it. */
    private static final String BUILT_IN = "OPERATOR(pg_catalog.=)";

    private static final String OF_COLUMN = """
            WITH RECURSIVE base AS (
              SELECT t.oid, t.typtype, t.typbasetype FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                WHERE n.nspname = ? AND c.relname = ? AND a.attname = ? AND a.attnum > 0
              UNION ALL SELECT t.oid, t.typtype, t.typbasetype FROM base b JOIN pg_catalog.pg_type t ON t.oid = b.typbasetype WHERE b.typtype = 'd')
            SELECT b.oid, pg_catalog.format_type(b.oid, -1), (
              SELECT 'OPERATOR(' || pg_catalog.quote_ident(n.nspname) || '.' || o.oprname || ')' FROM pg_catalog.pg_opclass c
                JOIN pg_catalog.pg_am m ON m.oid = c.opcmethod JOIN pg_catalog.pg_amop p ON p.amopfamily = c.opcfamily
                  AND p.amoplefttype = b.oid AND p.amoprighttype = b.oid AND p.amopstrategy = CASE m.amname WHEN 'btree' THEN 3 ELSE 1 END
                JOIN pg_catalog.pg_operator o ON o.oid = p.amopopr JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
              WHERE c.opcintype = b.oid AND c.opcdefault AND m.amname IN ('btree', 'hash') ORDER BY m.amname LIMIT 1)
            FROM base b WHERE b.typtype <> 'd'""";

    /** @throws CaravanException when there is no such column */
    static Equality of(Connection session, TableName table, String column) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(OF_COLUMN)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            statement.setString(3, column);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw CaravanException.of(
                            ErrorCode.VERIFICATION_FAILED,
                            "The new database has no column " + table + "." + column + ".",
                            "The old target is as it was. An afterLoad file may have dropped it; else report this as a defect.");
                }
                String own = row.getString(3);
                return new Equality(row.getLong(1), row.getString(2), own == null ? BUILT_IN : own);
            }
        }
    }

    /** The operator that compares with values of another column: two types meet in one that PostgreSQL knows. */
    String with(Equality other) {
        return type == other.type ? operator : BUILT_IN;
    }
}
