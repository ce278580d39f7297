package dev.caravan.plan;

import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.tenant.Selection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which tables' rows must come after which others'. */
final class LoadOrder {
    private LoadOrder() {}

    /** An extension's own tables come with their keys; and where loaded rows say which rows they reference, these come later. */
    static Map<TableName, List<TableName>> of(Collection<Table> tables, List<Part> parts) {
        Map<TableName, List<TableName>> after = new HashMap<>();
        for (Table table : tables) {
            if (!table.loadsAfter().isEmpty()) {
                after.put(table.name(), table.loadsAfter());
            }
        }
        for (Part part : parts) {
            part.selection()
                    .flatMap(Selection::referencing)
                    .ifPresent(key -> after.put(part.table(), List.of(key.table())));
        }
        return after;
    }
}
