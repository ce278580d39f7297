package dev.caravan.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a caller asks for. Field names are the API's.
 *
 * @param source name of the connection to read
 * @param target name of the connection to replace
 * @param mask whether personal data is masked; absent as {@link #masked} says
 * @param maskPolicy name of the policy that decides; absent for the one called default, or the only one
 * @param masks decisions of this request's own, by table, then by column: a masker's name, or what a policy file would have there
 * @param onExisting what to do when the target database is there; by default {@link OnExisting#REPLACE}
 * @param onViolatedKey what to do with a foreign key that the source itself violates; by default {@link OnViolatedKey#NOT_VALID}
 * @param verify how much is compared after the load; by default {@link Verify#COUNTS}
 * @param databaseProperties whose ALTER DATABASE settings the new database gets; by default {@link DatabaseProperties#TARGET}
 * @param labels free words of the caller's, at most 16
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CopyRequest(
        String source,
        String target,
        Optional<Boolean> mask,
        Optional<String> maskPolicy,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Map<String, Object>> masks,
        OnExisting onExisting,
        OnViolatedKey onViolatedKey,
        Verify verify,
        DatabaseProperties databaseProperties,
        Map<String, String> labels) {
    /** What happens to a target database that is already there. */
    public enum OnExisting {
        /** It is replaced at the end, when the new one is loaded and verified. */
        REPLACE,
        /** The job is refused when it holds any table. */
        FAIL_IF_NOT_EMPTY
    }

    /** What happens to a foreign key that the source's own rows violate. */
    public enum OnViolatedKey {
        /** It is restored NOT VALID, with a warning in the report. */
        NOT_VALID,
        /** The job fails. */
        FAIL
    }

    /** How the loaded database is compared with the source. */
    public enum Verify {
        /** Rows read and rows written, and validity of keys and indexes. */
        COUNTS,
        /** That, and an order-independent hash of every table's content on both sides. */
        CONTENT
    }

    /** Where the new database's ALTER DATABASE settings come from. */
    public enum DatabaseProperties {
        /** The old target's are carried over. */
        TARGET,
        /** The source's are taken. */
        SOURCE
    }

    public CopyRequest {
        mask = mask == null ? Optional.empty() : mask;
        maskPolicy = maskPolicy == null ? Optional.empty() : maskPolicy;
        masks = masks == null ? Map.of() : copied(masks);
        onExisting = onExisting == null ? OnExisting.REPLACE : onExisting;
        onViolatedKey = onViolatedKey == null ? OnViolatedKey.NOT_VALID : onViolatedKey;
        verify = verify == null ? Verify.COUNTS : verify;
        databaseProperties = databaseProperties == null ? DatabaseProperties.TARGET : databaseProperties;
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }

    /** A request with every choice at its default. */
    public static CopyRequest of(String source, String target) {
        return new CopyRequest(source, target, null, null, null, null, null, null, null, null);
    }

    /**
     * Whether the copy is masked: as the request says; else when the source is production, or the request says how to mask.
     *
     * @param production whether the source is classified so
     */
    public boolean masked(boolean production) {
        return mask.orElse(production || maskPolicy.isPresent() || !masks.isEmpty());
    }

    /** In the order of the names, so that equal requests are equal as text. */
    private static Map<String, Map<String, Object>> copied(Map<String, Map<String, Object>> masks) {
        Map<String, Map<String, Object>> tables = new TreeMap<>();
        masks.forEach((table, columns) ->
                tables.put(table, Collections.unmodifiableMap(new TreeMap<>(columns == null ? Map.of() : columns))));
        return Collections.unmodifiableMap(tables);
    }
}
