package dev.caravan.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a name with dots apart, any part of which may be in double quotes, as in SQL. */
final class DottedName {
    private DottedName() {}

    /**
     * @return so many parts, none of them empty; empty when the text has another number, an open quote, or a {@code *} in quotes, which
     *     would otherwise name more than it says
     */
    static Optional<List<String>> parts(String text, int count) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean inQuotes = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && inQuotes && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                part.append('"');
                i++;
            } else if (c == '"') {
                inQuotes = !inQuotes;
            } else if (c == '.' && !inQuotes) {
                parts.add(part.toString());
                part.setLength(0);
            } else if (c == '*' && inQuotes) {
                return Optional.empty();
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        boolean whole = !inQuotes && parts.size() == count && parts.stream().noneMatch(String::isEmpty);
        return whole ? Optional.of(List.copyOf(parts)) : Optional.empty();
    }
}
