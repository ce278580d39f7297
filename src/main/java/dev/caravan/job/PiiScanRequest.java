package dev.caravan.job;

import java.util.List;
import java.util.Optional;

/**
 * Where to look for personal data. Field names are the API's.
 *
 * @param source name of the connection to read
 * @param maskPolicy name of the policy whose decisions count as taken; absent for the one called default, or the only one
 * @param tables patterns of the tables to read, as in {@code public.*}; all when empty
 * @param sampleRows how many rows of a table are looked at, 10 to 10,000; 500 when absent
 * @param maxSeconds how long it may take, 1 to 600; 60 when absent
 */
public record PiiScanRequest(
        String source, Optional<String> maskPolicy, List<String> tables, Integer sampleRows, Integer maxSeconds) {
    private static final int USUAL_ROWS = 500;
    private static final int USUAL_SECONDS = 60;

    public PiiScanRequest {
        maskPolicy = maskPolicy == null ? Optional.empty() : maskPolicy;
        tables = tables == null ? List.of() : List.copyOf(tables);
        sampleRows = sampleRows == null ? USUAL_ROWS : sampleRows;
        maxSeconds = maxSeconds == null ? USUAL_SECONDS : maxSeconds;
    }

    /** The request of a copy that would read the same source. */
    public CopyRequest asCopy() {
        return new CopyRequest(source, "", Optional.of(true), maskPolicy, null, null, null, null, null, null);
    }
}
