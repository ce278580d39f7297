package dev.caravan.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the decisions that one request brings: {@code {"public.customer": {"email": "email"}}}. */
public final class RequestMasks {
    private static final String REQUEST = "the request";

    private RequestMasks() {}

    /**
     * @param masks by the table's name, then by the column's: a masker's name, or a map or list as in a policy file; no patterns, since
     *     a request that could keep whole databases would undo the policy
     * @param faults gets a sentence for each fault, which names table and column and no value
     * @return what could be read
     */
    public static List<MaskPolicy.Entry> parse(Map<String, ?> masks, Maskers maskers, List<String> faults) {
        List<MaskPolicy.Entry> entries = new ArrayList<>();
        List<String> found = new ArrayList<>();
        DecisionReader reader = new DecisionReader(maskers, found);
        masks.forEach((table, columns) -> {
            Optional<List<String>> name = name(table, 2);
            if (name.isEmpty()) {
                found.add(REQUEST + ": " + table
                        + ": a table is named schema.table, without *, quoted as in SQL where needed");
            } else if (!(columns instanceof Map<?, ?> byColumn) || byColumn.isEmpty()) {
                found.add(REQUEST + ": " + table + ": must map columns to maskers");
            } else {
                byColumn.forEach((key, given) -> {
                    String subject = table + "." + key;
                    Optional<List<String>> column = name(String.valueOf(key), 1);
                    if (column.isEmpty()) {
                        found.add(REQUEST + ": " + subject
                                + ": a column is named without *, quoted as in SQL where needed");
                        return;
                    }
                    ColumnPattern pattern = new ColumnPattern(
                            name.get().get(0), name.get().get(1), column.get().get(0));
                    if (entries.stream().anyMatch(entry -> entry.pattern().equals(pattern))) {
                        found.add(REQUEST + ": " + subject + ": is there twice; remove one of them");
                        return;
                    }
                    reader.read(Written.ofJson(given, REQUEST), subject)
                            .ifPresent(decision -> entries.add(new MaskPolicy.Entry(pattern, decision)));
                });
            }
        });
        found.forEach(fault -> faults.add(fault.substring(REQUEST.length() + 2)));
        return List.copyOf(entries);
    }

    private static Optional<List<String>> name(String text, int parts) {
        return text.indexOf('*') >= 0 ? Optional.empty() : DottedName.parts(text, parts);
    }
}
