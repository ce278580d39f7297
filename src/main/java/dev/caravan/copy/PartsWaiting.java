package dev.caravan.copy;

import dev.caravan.plan.Part;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which parts wait for other tables' rows: an extension's own tables come with their keys. Used under the work board's lock. */
final class PartsWaiting {
    private final Map<Part, Set<TableName>> waiting = new LinkedHashMap<>();
    private final List<Part> first = new ArrayList<>();

    /**
     * @param loadsAfter tables that a table's rows must come after
     * @param hasParts whether a table has rows to wait for
     */
    PartsWaiting(List<Part> parts, Map<TableName, List<TableName>> loadsAfter, Predicate<TableName> hasParts) {
        for (Part part : parts) {
            Set<TableName> before = new HashSet<>(loadsAfter.getOrDefault(part.table(), List.of()));
            before.removeIf(hasParts.negate());
            if (before.isEmpty()) {
                first.add(part);
            } else {
                waiting.put(part, before);
            }
        }
        first.addAll(inCycles());
    }

    /** Parts that wait for nobody, or for each other. */
    List<Part> first() {
        return first;
    }

    /** Parts that wait for each other, or behind such: nobody would ever let them go, and a key among them is for the server to judge. */
    private Set<Part> inCycles() {
        Map<Part, Set<TableName>> left = new LinkedHashMap<>(waiting);
        boolean progress = true;
        while (progress) {
            Set<TableName> unloaded = new HashSet<>();
            left.keySet().forEach(part -> unloaded.add(part.table()));
            progress = left.values().removeIf(before -> before.stream().noneMatch(unloaded::contains));
        }
        waiting.keySet().removeAll(left.keySet());
        return left.keySet();
    }

    /** Parts that waited for this table's rows and for no other's. */
    List<Part> released(TableName loaded) {
        List<Part> released = new ArrayList<>();
        waiting.forEach((part, before) -> {
            if (before.remove(loaded) && before.isEmpty()) {
                released.add(part);
            }
        });
        waiting.keySet().removeAll(released);
        return released;
    }
}
