package dev.caravan.job;

import dev.caravan.schema.TableName;
import java.util.Map;
import java.util.Optional;

/**
 * Which rows a caller wants to see masked. Field names are the API's.
 *
 * @param source name of the connection to read
 * @param table schema and name
 * @param maskPolicy name of the policy that decides; absent for the one called default, or the only one
 * @param masks decisions of this request's own, as in a {@link CopyRequest}
 * @param rows how many rows at most, 1 to 20; 5 when absent
 */
public record PreviewRequest(
        String source,
        TableName table,
        Optional<String> maskPolicy,
        Map<String, Map<String, Object>> masks,
        Integer rows) {
    private static final int USUAL = 5;
    private static final int MOST = 20;

    public PreviewRequest {
        maskPolicy = maskPolicy == null ? Optional.empty() : maskPolicy;
        masks = masks == null ? Map.of() : Map.copyOf(masks);
        rows = rows == null ? USUAL : rows;
        if (rows < 1 || rows > MOST) {
            throw new IllegalArgumentException("a preview has 1 to 20 rows");
        }
    }

    /** The request of a copy whose rows these would be. */
    public CopyRequest asCopy() {
        return new CopyRequest(source, "", Optional.of(true), maskPolicy, masks, null, null, null, null, null);
    }
}
