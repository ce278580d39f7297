package dev.caravan.schedule;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Sorts properties of the form {@code <prefix><name>.<setting>} by name. */
final class Named {
    private Named() {}

    /** @return by name, then by setting; an empty value is left out as if it were not there */
    static Map<String, Map<String, String>> byName(
            String prefix, Set<String> known, Map<String, String> properties, List<String> faults) {
        Map<String, Map<String, String>> byName = new TreeMap<>();
        properties.forEach((key, value) -> {
            if (!key.startsWith(prefix)) {
                return;
            }
            String rest = key.substring(prefix.length());
            int dot = rest.indexOf('.');
            String name = dot < 0 ? rest : rest.substring(0, dot);
            String setting = dot < 0 ? "" : rest.substring(dot + 1);
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
                faults.add(key + ": a name is made of letters, digits, - and _, at most 63");
            } else if (!known.contains(setting)) {
                faults.add(key + ": there is no such setting");
            } else {
                Map<String, String> values = byName.computeIfAbsent(name, unused -> new TreeMap<>());
                if (!value.isEmpty()) {
                    values.put(setting, value);
                }
            }
        });
        return byName;
    }
}
