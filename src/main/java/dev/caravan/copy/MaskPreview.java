package dev.caravan.copy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A few rows before and after masking. The values are personal data: never logged, never kept.
 *
 * @param table whose rows
 * @param policy the policy's name
 * @param columns what is done with each column, in the table's order
 * @param rows per row the values of the columns, in the same order
 */
public record MaskPreview(TableName table, String policy, List<Column> columns, List<List<Values>> rows) {
    public MaskPreview {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * @param masker the masker's name; several joined by commas where conditions choose; absent when nobody has decided
     * @param reason why it is kept, when it is
     * @param origin where it was decided
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Column(String column, Optional<String> masker, Optional<String> reason, Optional<String> origin) {}

    /**
     * One value; null for NULL. Long ones are cut and end in {@code …}.
     *
     * @param before as the source has it; null too for a column on which nobody has decided
     * @param after as the target would have it
     */
    public record Values(String before, String after) {}
}
