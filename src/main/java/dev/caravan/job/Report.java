package dev.caravan.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a job did, to keep.
 *
 * @param jobId the job
 * @param state how it ended
 * @param source the database that was read
 * @param target the database that was replaced
 * @param snapshotAt when the one snapshot was taken that every row comes from
 * @param phaseMillis wall time per phase in milliseconds; phases overlap
 * @param tables what was copied, per table
 * @param foreignKeys how many foreign keys are valid and not valid in the new database
 * @param warnings what the operator should know
 * @param leftOut objects of the source that the new database does not have, with the reason
 * @param contentCompared tables whose content was compared by hash on both sides
 * @param masking what was masked, in a masked job that came as far as VERIFY
 * @param tenants what was found when the tenants' isolation was proved, in a job for some tenants that came as far as VERIFY
 * @param leaks what the search for source values found, in a masked job that came as far
 */
public record Report(
        String jobId,
        JobState state,
        Database source,
        Database target,
        Optional<Instant> snapshotAt,
        Map<Phase, Long> phaseMillis,
        List<TableProgress> tables,
        ForeignKeys foreignKeys,
        List<String> warnings,
        List<LeftOut> leftOut,
        int contentCompared,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Masking> masking,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<TenantReport> tenants,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<LeakReport> leaks) {
    /** A database by connection name and by identity. */
    public record Database(String connection, String database, String systemIdentifier, String serverVersion) {}

    /** Foreign keys by validity. */
    public record ForeignKeys(int valid, int notValid) {}

    /** An object that was not copied, and why. */
    public record LeftOut(String object, String reason) {}

    /**
     * What was masked.
     *
     * @param policy the policy's name
     * @param policyVersion SHA-256 of the policy file
     * @param keyId tells mask keys apart and says nothing about them
     * @param columns every column of every table, kept ones too
     */
    public record Masking(String policy, String policyVersion, String keyId, List<MaskedColumnReport> columns) {
        public Masking {
            columns = List.copyOf(columns);
        }
    }

    public Report {
        leaks = leaks == null ? Optional.empty() : leaks;
        tenants = tenants == null ? Optional.empty() : tenants;
        masking = masking == null ? Optional.empty() : masking;
        phaseMillis = Collections.unmodifiableMap(new TreeMap<>(phaseMillis));
        tables = List.copyOf(tables);
        warnings = List.copyOf(warnings);
        leftOut = List.copyOf(leftOut);
    }
}
