package dev.caravan.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.schema.TableName;
import java.util.Optional;

/**
 * What was done with one column in a masked job.
 *
 * @param table its table
 * @param column its name
 * @param masker the masker, {@code keep} when values were left as they are
 * @param reason why they were kept
 * @param origin where the policy says so
 * @param masked values that were masked; NULL is not counted
 * @param unchanged masked values that came out as they went in
 * @param unreadable values that the masker could not read, which got a safe replacement
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record MaskedColumnReport(
        TableName table,
        String column,
        String masker,
        Optional<String> reason,
        String origin,
        long masked,
        long unchanged,
        long unreadable) {}
