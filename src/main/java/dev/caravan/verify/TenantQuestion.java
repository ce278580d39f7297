package dev.caravan.verify;

import dev.caravan.mask.TenantPolicy;
import dev.caravan.mask.VirtualKey;
import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToLongBiFunction;

/**
 * What the proof of isolation is asked: the policy's and the request's own words, and nothing that the planner made of them.
 *
 * @param policy how one tenant is told from another
 * @param virtualKeys references that the catalog does not know of
 * @param tenants the chosen tenants by tenant column, as texts as they stand in the new database: masked where they are masked
 * @param known how many rows of a table reference nothing over a key, by its name, as they do on the source
 * @param includedParts the parts that brought rows of other tenants on purpose
 */
public record TenantQuestion(
        TenantPolicy policy,
        List<VirtualKey> virtualKeys,
        BiFunction<TableName, String, List<String>> tenants,
        ToLongBiFunction<TableName, String> known,
        Set<String> includedParts) {
    public TenantQuestion {
        virtualKeys = List.copyOf(virtualKeys);
        includedParts = Set.copyOf(includedParts);
    }
}
