package dev.caravan.plan;

import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tables with the referenced before the referencing. Tables that reference each other in a cycle share a level, and the cycle
 * is named. Tarjan's strongly connected components, with an explicit stack: a chain of 10,000 tables must not overflow the thread's.
 *
 * @param levels every table with its level, from 0
 * @param cycles the members of each cycle of two tables or more, in name order
 */
record DependencyOrder(Map<TableName, Integer> levels, List<List<TableName>> cycles) {
    static DependencyOrder of(Collection<TableName> tables, Collection<ForeignKey> keys) {
        Map<TableName, TreeSet<TableName>> references = new TreeMap<>();
        tables.forEach(table -> references.put(table, new TreeSet<>()));
        for (ForeignKey key : keys) {
            if (references.containsKey(key.table())
                    && references.containsKey(key.referenced())
                    && !key.table().equals(key.referenced())) {
                references.get(key.table()).add(key.referenced());
            }
        }
        return new Search(references).run();
    }

    private static final class Search {
        private final Map<TableName, TreeSet<TableName>> references;
        private final Map<TableName, Integer> found = new HashMap<>();
        private final Map<TableName, Integer> low = new HashMap<>();
        private final Map<TableName, Integer> levels = new TreeMap<>();
        private final Deque<TableName> open = new ArrayDeque<>();
        private final List<List<TableName>> cycles = new ArrayList<>();

        Search(Map<TableName, TreeSet<TableName>> references) {
            this.references = references;
        }

        DependencyOrder run() {
            for (TableName table : references.keySet()) {
                if (!found.containsKey(table)) {
                    from(table);
                }
            }
            return new DependencyOrder(levels, cycles);
        }

        private void from(TableName root) {
            Deque<TableName> path = new ArrayDeque<>();
            Map<TableName, java.util.Iterator<TableName>> next = new HashMap<>();
            enter(root, path, next);
            while (!path.isEmpty()) {
                TableName table = path.peek();
                if (next.get(table).hasNext()) {
                    TableName referenced = next.get(table).next();
                    if (!found.containsKey(referenced)) {
                        enter(referenced, path, next);
                    } else if (!levels.containsKey(referenced)) {
                        low.merge(table, found.get(referenced), Math::min);
                    }
                } else {
                    path.pop();
                    if (low.get(table).equals(found.get(table))) {
                        close(table);
                    }
                    if (!path.isEmpty()) {
                        low.merge(path.peek(), low.get(table), Math::min);
                    }
                }
            }
        }

        private void enter(TableName table, Deque<TableName> path, Map<TableName, java.util.Iterator<TableName>> next) {
            found.put(table, found.size());
            low.put(table, found.get(table));
            open.push(table);
            path.push(table);
            next.put(table, references.get(table).iterator());
        }

        /** A component is complete when its root is left: everything it references is levelled by now. */
        private void close(TableName root) {
            TreeSet<TableName> members = new TreeSet<>();
            TableName member;
            do {
                member = open.pop();
                members.add(member);
            } while (!member.equals(root));
            int level = 0;
            for (TableName table : members) {
                for (TableName referenced : references.get(table)) {
                    if (!members.contains(referenced)) {
                        level = Math.max(level, levels.get(referenced) + 1);
                    }
                }
            }
            for (TableName table : members) {
                levels.put(table, level);
            }
            if (members.size() > 1) {
                cycles.add(List.copyOf(members));
            }
        }
    }
}
