package dev.caravan.detect;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What was counted per place in the documents of a column. A key that is data itself, such as an address under which settings stand, is never
 * shown: it counts as any key. Not thread-safe.
 */
final class DocumentEvidence {
    /** What is done with each place. */
    interface Visitor {
        /**
         * @param path in the form that the masker json takes, such as {@code $.contacts[*].email}
         * @param key the last key, which says what the values may be
         */
        void place(String path, String key, Evidence evidence);
    }

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_$-]{0,63}");
    private static final int MOST_KEYS = 60;
    private static final int DEEPEST = 12;

    private static final class Place {
        private final Map<String, Place> keys = new TreeMap<>();
        private final Evidence values = new Evidence();
        private final Evidence names = new Evidence();
        private Place any;
        private Place elements;

        private Place under(String key) {
            names.add(key);
            boolean data = !PLAIN_KEY.matcher(key).matches()
                    || ValueForms.of(key).stream().anyMatch(PersonalData::direct)
                    || !keys.containsKey(key) && keys.size() >= MOST_KEYS;
            if (!data) {
                return keys.computeIfAbsent(key, unused -> new Place());
            }
            any = any == null ? new Place() : any;
            return any;
        }
    }

    private final Place root = new Place();
    private int documents;
    private int unreadable;

    /** @param document JSON as PostgreSQL prints it */
    void add(String document) {
        try {
            add(root, JSON.readTree(document), 0);
            documents++;
        } catch (JacksonException | StackOverflowError e) {
            unreadable++;
        }
    }

    /** How many documents were read. */
    int documents() {
        return documents;
    }

    /** Whether some key is no plain word, or there are so many that they must be data. */
    boolean keysAreData() {
        return keysAreData(root);
    }

    private static boolean keysAreData(Place place) {
        return place.any != null
                || place.elements != null && keysAreData(place.elements)
                || place.keys.values().stream().anyMatch(DocumentEvidence::keysAreData);
    }

    int unreadable() {
        return unreadable;
    }

    private static void add(Place place, JsonNode node, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> add(place.under(field.getKey()), field.getValue(), depth + 1));
        } else if (node.isArray()) {
            place.elements = place.elements == null ? new Place() : place.elements;
            node.forEach(element -> add(place.elements, element, depth + 1));
        } else if (node.isTextual() || node.isNumber()) {
            place.values.add(node.asText());
        }
    }

    /** Calls the visitor for each place that has values, or keys that are data. */
    void visit(Visitor visitor) {
        visit(root, "$", "", visitor);
    }

    private static void visit(Place place, String path, String key, Visitor visitor) {
        if (place.values.values() > 0) {
            visitor.place(path, key, place.values);
        }
        if (place.any != null) {
            visitor.place(path + ".*", "", place.names);
            visit(place.any, path + ".*", key, visitor);
        }
        if (place.elements != null) {
            visit(place.elements, path + "[*]", key, visitor);
        }
        place.keys.forEach((name, under) -> visit(under, path + "." + name, name, visitor));
    }
}
