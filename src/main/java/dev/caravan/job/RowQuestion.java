package dev.caravan.job;

import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A caller's question why a copy of some tenants would have a row. Field names are the API's. It holds a row's values: never logged, never kept.
 *
 * @param source name of the connection to read
 * @param table schema and name
 * @param key the row's values by column, texts or numbers; enough of them that one row alone has these
 * @param onlyTenants the tenants, as in a {@link CopyRequest}
 * @param maskPolicy name of the policy; absent for the one called default, or the only one
 * @param crossTenant as in a {@link CopyRequest}
 * @param tables as in a {@link CopyRequest}
 */
public record RowQuestion(
        String source,
        TableName table,
        Map<String, Object> key,
        Optional<List<Object>> onlyTenants,
        Optional<String> maskPolicy,
        CopyRequest.CrossTenant crossTenant,
        Optional<CopyRequest.TableChoice> tables) {
    public RowQuestion {
        key = Map.copyOf(key);
        onlyTenants = onlyTenants == null ? Optional.empty() : onlyTenants.map(List::copyOf);
        maskPolicy = maskPolicy == null ? Optional.empty() : maskPolicy;
        tables = tables == null ? Optional.empty() : tables;
    }

    /** The request of a copy that would have the row, or not. */
    public CopyRequest asCopy() {
        return new CopyRequest(
                source,
                "",
                Optional.of(false),
                maskPolicy,
                Map.of(),
                onlyTenants,
                crossTenant,
                tables,
                null,
                null,
                null,
                null,
                null);
    }

    /** Without the values. */
    @Override
    public String toString() {
        return "a row of " + table + " of " + source;
    }
}
