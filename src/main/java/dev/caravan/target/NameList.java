package dev.caravan.target;

import java.util.ArrayList;
import java.util.List;

/** Lists of names as settings such as search_path hold them: commas between, double quotes around those that need them. */
final class NameList {
    private NameList() {}

    /** The names without their quotes, in order. */
    static List<String> split(String list) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean inQuotes = false;
        boolean wasQuoted = false;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == '"' && inQuotes && i + 1 < list.length() && list.charAt(i + 1) == '"') {
                name.append('"');
                i++;
            } else if (c == '"') {
                inQuotes = !inQuotes;
                wasQuoted = true;
            } else if (c == ',' && !inQuotes) {
                add(names, name, wasQuoted);
                wasQuoted = false;
            } else if (inQuotes || !Character.isWhitespace(c)) {
                name.append(c);
            }
        }
        add(names, name, wasQuoted);
        return names;
    }

    private static void add(List<String> names, StringBuilder name, boolean wasQuoted) {
        if (name.length() > 0 || wasQuoted) {
            names.add(name.toString());
        }
        name.setLength(0);
    }
}
