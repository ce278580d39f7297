package dev.caravan.schema;

import java.util.List;

/**
 * A materialised view.
 *
 * @param name its name
 * @param populated whether it was ever refreshed: an unpopulated one stays so
 * @param dependsOn the materialised views that it reads, directly or through views
 */
public record MaterializedView(TableName name, boolean populated, List<TableName> dependsOn) {
    public MaterializedView {
        dependsOn = List.copyOf(dependsOn);
    }
}
