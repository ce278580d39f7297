package dev.caravan.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.caravan.schema.TableName;
import dev.caravan.schema.TablePattern;
import java.util.Collections;
import java.util.List;
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
 * @param onlyTenants the tenants whose rows are copied, with what those rows need: numbers and texts; absent for all
 * @param crossTenant what to do with a row of another tenant that a copied row references; by default {@link CrossTenant#FAIL}
 * @param tables what is left out; absent for nothing
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
        Optional<List<Object>> onlyTenants,
        CrossTenant crossTenant,
        Optional<TableChoice> tables,
        OnExisting onExisting,
        OnViolatedKey onViolatedKey,
        Verify verify,
        DatabaseProperties databaseProperties,
        Map<String, String> labels) {
    /** What happens to a row of another tenant that a copied row references. */
    public enum CrossTenant {
        /** The job stops before it writes anything, and names the foreign key. */
        @JsonProperty("fail")
        FAIL,
        /** The row is copied all the same, and what it needs. */
        @JsonProperty("include")
        INCLUDE,
        /** The reference is emptied, where it may be. */
        @JsonProperty("nullify")
        NULLIFY
    }

    /**
     * Tables that are not copied as the others are.
     *
     * @param exclude tables, views and other relations that are not made at all
     * @param schemaOnly tables that are made and stay empty
     */
    public record TableChoice(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TablePattern> exclude,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TablePattern> schemaOnly) {
        public TableChoice {
            exclude = exclude == null ? List.of() : List.copyOf(exclude);
            schemaOnly = schemaOnly == null ? List.of() : List.copyOf(schemaOnly);
        }
    }

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
        /** The rows that violate it are dropped, and whatever references these; the report counts them. */
        DROP,
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
        onlyTenants = onlyTenants == null ? Optional.empty() : onlyTenants.map(List::copyOf);
        crossTenant = crossTenant == null ? CrossTenant.FAIL : crossTenant;
        tables = tables == null ? Optional.empty() : tables;
        onExisting = onExisting == null ? OnExisting.REPLACE : onExisting;
        onViolatedKey = onViolatedKey == null ? OnViolatedKey.NOT_VALID : onViolatedKey;
        verify = verify == null ? Verify.COUNTS : verify;
        databaseProperties = databaseProperties == null ? DatabaseProperties.TARGET : databaseProperties;
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }

    /** A request for all tenants and tables. */
    public CopyRequest(
            String source,
            String target,
            Optional<Boolean> mask,
            Optional<String> maskPolicy,
            Map<String, Map<String, Object>> masks,
            OnExisting onExisting,
            OnViolatedKey onViolatedKey,
            Verify verify,
            DatabaseProperties databaseProperties,
            Map<String, String> labels) {
        this(
                source,
                target,
                mask,
                maskPolicy,
                masks,
                null,
                null,
                null,
                onExisting,
                onViolatedKey,
                verify,
                databaseProperties,
                labels);
    }

    /** A request with every choice at its default. */
    public static CopyRequest of(String source, String target) {
        return new CopyRequest(source, target, null, null, null, null, null, null, null, null);
    }

    /** Whether only some rows are copied, or only some tables filled. */
    public boolean partial() {
        return onlyTenants.isPresent() || !schemaOnly().isEmpty();
    }

    /** Relations that are not made at all. */
    public List<TablePattern> exclude() {
        return tables.map(TableChoice::exclude).orElse(List.of());
    }

    /** Tables that are made and stay empty. */
    public List<TablePattern> schemaOnly() {
        return tables.map(TableChoice::schemaOnly).orElse(List.of());
    }

    /** Whether the table is made and gets no rows. */
    public boolean staysEmpty(TableName table) {
        return schemaOnly().stream().anyMatch(pattern -> pattern.matches(table));
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
