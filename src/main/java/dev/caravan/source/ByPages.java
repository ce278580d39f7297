package dev.caravan.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.job.Json;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.tenant.KeyConditions;
import dev.caravan.tenant.Selection;
import dev.caravan.tenant.TableScope;
import dev.caravan.tenant.TenantScopes;
import dev.caravan.tenant.TenantSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which tables' rows are best found by an index on the key over which they belong, and read page by page: half the work of reading the
 * whole table beside the tenants' keys, and none where no row is. The server does not come to it by itself, since it joins. Asks the
 * server how it would go about it. Stateless.
 */
final class ByPages {
    /** Keys that are collected at once: some megabytes of the session's memory. */
    private static final double MOST_KEYS = 500_000;

    /**
     * As many pages as a bitmap in the session's {@code work_mem} tells row by row. Of a page beyond, each row would be compared with
     * each key.
     */
    private static final long MOST_BYTES = 400_000L * 8192;

    private ByPages() {}

    static List<TableName> choose(Connection session, TenantScopes scopes) throws SQLException {
        KeyConditions keys = new KeyConditions(scopes);
        TenantSql sql = new TenantSql(scopes);
        List<TableName> chosen = new ArrayList<>();
        for (TableScope scope : scopes.scopes().values()) {
            Table table = scopes.relations().get(scope.table());
            Optional<String> condition = keys.belongs(scope.table());
            if (condition.isPresent() && table.bytes() <= MOST_BYTES) {
                JsonNode plan = plan(
                        session,
                        "SELECT 1 FROM " + sql.rows(scope.table()) + " " + Selection.ALIAS + " WHERE "
                                + condition.get());
                if (plan.path("Node Type").asText().equals("Bitmap Heap Scan") && keysOf(plan) <= MOST_KEYS) {
                    chosen.add(scope.table());
                }
            }
        }
        return chosen;
    }

    private static double keysOf(JsonNode plan) {
        for (JsonNode child : plan.path("Plans")) {
            if (child.path("Parent Relationship").asText().equals("InitPlan")) {
                return child.path("Plan Rows").asDouble(Double.MAX_VALUE);
            }
        }
        return Double.MAX_VALUE;
    }

    private static JsonNode plan(Connection session, String query) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("SET LOCAL enable_indexscan = off");
            String plan = Rows.of(session, "EXPLAIN (FORMAT JSON) " + query, row -> row.getString(1))
                    .get(0);
            statement.execute("SET LOCAL enable_indexscan = on");
            return Json.MAPPER.readTree(plan).path(0).path("Plan");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the server's plan is not JSON", e);
        }
    }
}
