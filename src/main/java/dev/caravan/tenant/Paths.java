package dev.caravan.tenant;

import dev.caravan.schema.TableName;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which tables hang, over whatever others, on some: the keys that lead there, by table. Pure. */
final class Paths {
    private Paths() {}

    /**
     * @param to the tables that they hang on
     * @param decided tables that are decided on already, and that nothing is found for
     */
    static Map<TableName, List<Reference>> lead(
            List<Reference> references, Collection<TableName> to, Predicate<TableName> decided) {
        Set<TableName> connected = new HashSet<>(to);
        Set<TableName> hanging = new HashSet<>();
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Reference reference : references) {
                TableName table = reference.table();
                if (!decided.test(table) && connected.contains(reference.referenced()) && connected.add(table)) {
                    hanging.add(table);
                    grows = true;
                }
            }
        }
        return references.stream()
                .filter(reference -> hanging.contains(reference.table()) && connected.contains(reference.referenced()))
                .collect(Collectors.groupingBy(Reference::table, TreeMap::new, Collectors.toList()));
    }

    static String names(Collection<TableName> tables) {
        return tables.stream().sorted().map(TableName::toString).collect(Collectors.joining(", "));
    }

    static String inWords(List<Reference> paths) {
        return paths.stream().map(Reference::inWords).distinct().collect(Collectors.joining(" or "));
    }
}
