package dev.caravan.verify;

import dev.caravan.mask.TenantPolicy;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which rows a column of their own tells to be a chosen tenant's, and which another's. It shares no code with the planner. */
final class ColumnLabels {
    private final Connection session;
    private final TenantQuestion question;
    private final LoadedKeys loaded;

    /** Conditions on rows under the alias t. */
    record Labels(String chosen, String other) {}

    ColumnLabels(Connection session, TenantQuestion question, LoadedKeys loaded) {
        this.session = session;
        this.question = question;
        this.loaded = loaded;
    }

    /** Whether its rows are everybody's. */
    boolean shared(TableName table) {
        return question.policy().shared().stream().anyMatch(pattern -> pattern.matches(table))
                || loaded.tables().get(table).extension();
    }

    /** For each table that has such columns, what they tell. */
    Map<TableName, Labels> byTable() throws SQLException {
        Map<TableName, Labels> byColumn = new LinkedHashMap<>();
        for (LoadedKeys.Loaded table : loaded.tables().values()) {
            if (!table.name().equals(table.top()) || shared(table.name())) {
                continue;
            }
            List<String> columns = tenantColumns(table);
            if (columns.isEmpty()) {
                continue;
            }
            List<String> chosen = new ArrayList<>();
            List<String> other = new ArrayList<>();
            for (String column : columns) {
                String tenants = question.tenants().apply(table.name(), column).stream()
                        .map(Identifiers::literal)
                        .collect(Collectors.joining(", "));
                Equality equality = Equality.of(session, table.name(), column);
                String isChosen = "t." + Identifiers.quoted(column) + " " + equality.operator() + " ANY (ARRAY["
                        + tenants + "]::" + equality.sql() + "[])";
                chosen.add("coalesce(" + isChosen + ", FALSE)");
                other.add("coalesce(NOT " + isChosen + ", FALSE)");
            }
            byColumn.put(table.name(), new Labels(String.join(" OR ", chosen), String.join(" OR ", other)));
        }
        return byColumn;
    }

    private List<String> tenantColumns(LoadedKeys.Loaded table) {
        Optional<TenantPolicy.Root> root = question.policy().root();
        if (root.isPresent() && isRoot(table.name(), root.get())) {
            return List.of(root.get().column());
        }
        Optional<String> named = question.policy().column().filter(table.columns()::contains);
        if (named.isPresent() || root.isEmpty()) {
            return named.stream().toList();
        }
        return loaded.keys().stream()
                .filter(key -> key.table().top().equals(table.name())
                        && key.columns().size() == 1
                        && isRoot(key.referenced().top(), root.get())
                        && key.referencedColumns().get(0).equals(root.get().column()))
                .map(key -> key.columns().get(0))
                .distinct()
                .toList();
    }

    private boolean isRoot(TableName table, TenantPolicy.Root root) {
        return table.name().equals(root.table())
                && root.schema()
                        .map(table.schema()::equals)
                        .orElseGet(() -> table.schema().equals("public")
                                || loaded.tables().keySet().stream()
                                                .filter(it -> it.name().equals(root.table()))
                                                .count()
                                        == 1);
    }
}
