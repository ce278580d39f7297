package dev.caravan.comparison;

import dev.caravan.servers.TestResources;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The queries of {@code /comparison/catalog.sql}. Each stands under a line {@code -- @kind}; its first column names the object
 * and every other column is a fact, called as the column is.
 */
final class CatalogQueries {
    private static final String MARK = "-- @";

    private final Map<String, String> byKind = new LinkedHashMap<>();

    CatalogQueries(String file) {
        String kind = null;
        for (String line : TestResources.text(file).lines().toList()) {
            if (line.startsWith(MARK)) {
                kind = line.substring(MARK.length()).trim();
                byKind.put(kind, "");
            } else if (kind != null) {
                byKind.merge(kind, line + "\n", String::concat);
            }
        }
    }

    void read(Connection connection, Facts facts) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> query : byKind.entrySet()) {
                try (ResultSet rows = statement.executeQuery(query.getValue())) {
                    ResultSetMetaData columns = rows.getMetaData();
                    while (rows.next()) {
                        String object = query.getKey() + " " + rows.getString(1);
                        facts.add(object);
                        for (int i = 2; i <= columns.getColumnCount(); i++) {
                            facts.add(object, columns.getColumnLabel(i), rows.getString(i));
                        }
                    }
                } catch (SQLException e) {
                    throw new SQLException("the query for " + query.getKey() + " failed: " + e.getMessage(), e);
                }
            }
        }
    }
}
