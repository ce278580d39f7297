package dev.caravan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Settings that stand in one table of the page.
 *
 * @param name how the page's table is marked
 * @param prefix what whole names begin with before the thing's own name; empty where names are whole
 * @param settings in the page's order
 */
record SettingGroup(String name, String prefix, List<Setting> settings) {
    SettingGroup {
        settings = List.copyOf(settings);
    }

    boolean named() {
        return !prefix.isEmpty();
    }

    Set<String> names() {
        return settings.stream().map(Setting::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The table, in Markdown. */
    String table() {
        boolean whom = settings.stream().map(Setting::of).anyMatch(Optional::isPresent);
        StringBuilder table = new StringBuilder(
                whom
                        ? "| Setting | For | Default | Meaning |\n|---|---|---|---|\n"
                        : "| Setting | Default | Meaning |\n|---|---|---|\n");
        for (Setting setting : settings) {
            table.append("| `").append(setting.name()).append("` | ");
            if (whom) {
                table.append(setting.of().orElse("both")).append(" | ");
            }
            table.append(setting.shown())
                    .append(" | ")
                    .append(setting.meaning())
                    .append(" |\n");
        }
        return table.toString();
    }
}
