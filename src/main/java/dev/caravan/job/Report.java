package dev.caravan.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.schema.TableName;
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
 * @param anonymity how many rows share the quasi-identifiers that the policy names
 * @param order who asked for what; absent in reports of older releases
 * @param signature shows that the report is as it was when the job ended; absent without a key for it
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
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<LeakReport> leaks,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AnonymityReport> anonymity,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Order> order,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ReportSignature> signature) {
    /** A database by connection name and by identity. */
    public record Database(String connection, String database, String systemIdentifier, String serverVersion) {}

    /**
     * Who asked for what.
     *
     * @param by the name of the caller's key; absent for a schedule's run, and without authentication
     * @param schedule whose run it was; absent for a call's
     * @param createdAt when it was accepted
     * @param startedAt when it first ran
     * @param attempts how often it was begun
     * @param request what was asked
     */
    public record Order(
            Optional<String> by,
            Optional<String> schedule,
            Instant createdAt,
            Optional<Instant> startedAt,
            int attempts,
            CopyRequest request) {}

    /**
     * Foreign keys by validity.
     *
     * @param violated those that the source's own rows violate; more than one of a key where its rows stand in several partitions
     */
    public record ForeignKeys(
            int valid,
            int notValid,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ViolatedKey> violated) {
        public ForeignKeys {
            // Reports of older releases have none.
            violated = violated == null ? List.of() : List.copyOf(violated);
        }
    }

    /**
     * A foreign key that the source's own rows violate.
     *
     * @param key the constraint's name; of a virtual key where it was written
     * @param table where the rows stand
     * @param columns the referencing columns
     * @param rows how many rows reference nothing
     * @param dropped whether these were dropped; else the key is NOT VALID, or the rows of a virtual key stand as on the source
     * @param virtual whether only the policy knows the key
     */
    public record ViolatedKey(
            String key,
            TableName table,
            List<String> columns,
            long rows,
            boolean dropped,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean virtual) {
        /** For a warning: what there was, and what became of it. */
        public String inWords() {
            return rows + (rows == 1 ? " row of " : " rows of ") + table + (rows == 1 ? " violates" : " violate")
                    + (virtual ? " the " : " the foreign key ") + key + " (" + String.join(", ", columns) + ")"
                    + (virtual ? " on the source; " : ", which the source holds for valid; ")
                    + (dropped
                            ? rows == 1 ? "it was dropped." : "they were dropped."
                            : virtual
                                    ? rows == 1 ? "it is as it was there." : "they are as they were there."
                                    : "the key was restored NOT VALID.");
        }
    }

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
        anonymity = anonymity == null ? List.of() : List.copyOf(anonymity);
        order = order == null ? Optional.empty() : order;
        signature = signature == null ? Optional.empty() : signature;
        phaseMillis = Collections.unmodifiableMap(new TreeMap<>(phaseMillis));
        tables = List.copyOf(tables);
        warnings = List.copyOf(warnings);
        leftOut = List.copyOf(leftOut);
    }

    Report signedBy(ReportSignature by) {
        return new Report(
                jobId,
                state,
                source,
                target,
                snapshotAt,
                phaseMillis,
                tables,
                foreignKeys,
                warnings,
                leftOut,
                contentCompared,
                masking,
                tenants,
                leaks,
                anonymity,
                order,
                Optional.of(by));
    }
}
