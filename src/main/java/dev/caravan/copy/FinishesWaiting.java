package dev.caravan.copy;

import dev.caravan.plan.TableFinish;
import dev.caravan.plan.TableSearch;
import dev.caravan.plan.WorkUnit;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table's finish and its search, of which only one is handed out at a time: the finish locks the table against readers, and would have to wait in the
 * server for a search that takes long. Not thread-safe.
 */
final class FinishesWaiting {
    private final Map<TableName, TableFinish> finishes = new HashMap<>();
    private final Map<TableName, TableSearch> searches = new HashMap<>();
    private final Set<TableName> searching = new HashSet<>();
    private final Set<TableName> finishing = new HashSet<>();
    private final Set<TableName> heldBack = new HashSet<>();
    private boolean loaded;

    FinishesWaiting(List<TableFinish> ofTables, List<TableSearch> toDo) {
        ofTables.forEach(finish -> finishes.put(finish.table(), finish));
        toDo.forEach(search -> searches.put(search.table(), search));
    }

    boolean has(TableName table) {
        return finishes.containsKey(table);
    }

    /** @return the table's finish, unless its search comes first */
    List<WorkUnit> finish(TableName table) {
        if (searching.contains(table)) {
            heldBack.add(table);
            return List.of();
        }
        finishing.add(table);
        return List.of(finishes.get(table));
    }

    /** Every row is in. @return the searches of all tables that are not being finished at the moment */
    List<WorkUnit> loaded() {
        loaded = true;
        List<WorkUnit> ready = new ArrayList<>();
        for (TableName table : List.copyOf(searches.keySet())) {
            ready.addAll(search(table));
        }
        return ready;
    }

    /** @return the table's search, when that waited for the finish */
    List<WorkUnit> finished(TableName table) {
        finishing.remove(table);
        return loaded ? search(table) : List.of();
    }

    /** @return the table's finish, when that waited for the search */
    List<WorkUnit> searched(TableName table) {
        searching.remove(table);
        return heldBack.remove(table) ? finish(table) : List.of();
    }

    private List<WorkUnit> search(TableName table) {
        if (finishing.contains(table) || !searches.containsKey(table)) {
            return List.of();
        }
        searching.add(table);
        return List.of(searches.remove(table));
    }
}
