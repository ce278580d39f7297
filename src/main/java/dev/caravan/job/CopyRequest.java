package dev.caravan.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Optional;

/**
 * What a caller asks for. Field names are the API's.
 *
 * @param source name of the connection to read
 * @param target name of the connection to replace
 * @param mask whether personal data is masked; only {@code false} is built yet
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
        onExisting = onExisting == null ? OnExisting.REPLACE : onExisting;
        onViolatedKey = onViolatedKey == null ? OnViolatedKey.NOT_VALID : onViolatedKey;
        verify = verify == null ? Verify.COUNTS : verify;
        databaseProperties = databaseProperties == null ? DatabaseProperties.TARGET : databaseProperties;
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }

    /** A request with every choice at its default. */
    public static CopyRequest of(String source, String target) {
        return new CopyRequest(source, target, null, null, null, null, null, null);
    }
}
