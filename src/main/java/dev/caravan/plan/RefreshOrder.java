package dev.caravan.plan;

import dev.caravan.schema.MaterializedView;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Materialised views after the views they read; PostgreSQL allows no cycle among them. */
final class RefreshOrder {
    private final Map<TableName, MaterializedView> views = new LinkedHashMap<>();
    private final Set<TableName> visited = new HashSet<>();
    private final List<MaterializedView> ordered = new ArrayList<>();

    private RefreshOrder() {}

    static List<MaterializedView> of(Collection<MaterializedView> views) {
        RefreshOrder order = new RefreshOrder();
        views.forEach(view -> order.views.put(view.name(), view));
        views.forEach(order::visit);
        return order.ordered;
    }

    private void visit(MaterializedView view) {
        if (!visited.add(view.name())) {
            return;
        }
        for (TableName read : view.dependsOn()) {
            if (views.containsKey(read)) {
                visit(views.get(read));
            }
        }
        ordered.add(view);
    }
}
