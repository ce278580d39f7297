package dev.caravan.mask;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody wrote, of which every part knows where it stands. Immutable.
 *
 * @param value null, a String, Long, Double or Boolean, a {@code List<Written>} or a {@code Map<String, Written>} in the order written
 * @param text a scalar as it was written; empty otherwise
 * @param at where it stands, such as {@code masks.yaml:12}
 */
record Written(Object value, String text, String at) {
    /** A part of a JSON body, of which only the whole has a place. */
    static Written ofJson(Object value, String at) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Written> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> entries.put(String.valueOf(key), ofJson(entry, at)));
            return new Written(Collections.unmodifiableMap(entries), "", at);
        }
        if (value instanceof List<?> list) {
            return new Written(list.stream().map(item -> ofJson(item, at)).toList(), "", at);
        }
        return new Written(value, String.valueOf(value), at);
    }

    boolean isNull() {
        return value == null;
    }

    boolean isScalar() {
        return !isMap() && !isList();
    }

    boolean isMap() {
        return value instanceof Map;
    }

    boolean isList() {
        return value instanceof List;
    }

    /** @throws ClassCastException when it is no map */
    @SuppressWarnings("unchecked")
    Map<String, Written> map() {
        return (Map<String, Written>) value;
    }

    /** @throws ClassCastException when it is no list */
    @SuppressWarnings("unchecked")
    List<Written> list() {
        return (List<Written>) value;
    }

    /** The same without places: what a masker's parameter gets. Nothing at all, inside a structure, is the word {@code null}. */
    Object plain() {
        if (isMap()) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map().forEach((key, entry) -> entries.put(key, entry.plain()));
            return Collections.unmodifiableMap(entries);
        }
        if (isList()) {
            List<Object> items = new ArrayList<>();
            list().forEach(item -> items.add(item.plain()));
            return Collections.unmodifiableList(items);
        }
        return value == null ? "null" : value;
    }
}
