package dev.caravan.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What will be done with one table.
 *
 * @param table the table
 * @param level its level in the dependency order: every table it references outside a cycle has a lower one
 * @param format COPY's format
 * @param formatReason why it is text, when it is
 * @param parts how many parts it is copied in
 * @param rowsEstimated the source's own estimate, absent when never analysed
 * @param bytesEstimated bytes of heap and TOAST on the source's disk
 * @param indexes its indexes
 * @param references tables it references, in order, itself left out
 * @param scope which of its rows are taken, in a partial job
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TablePlan(
        TableName table,
        int level,
        CopyFormat format,
        Optional<String> formatReason,
        int parts,
        Optional<Long> rowsEstimated,
        long bytesEstimated,
        int indexes,
        List<TableName> references,
        Optional<ScopeView> scope) {
    public TablePlan {
        scope = scope == null ? Optional.empty() : scope;
        references = List.copyOf(references);
    }
}
