package dev.caravan.mask;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A place in documents as the paths see it: the rule that holds there, and where each key leads. Places are made when a document first reaches
 * them, so that a key is compared with the few that the paths spell out here, and no path is walked twice. Not thread-safe.
 */
final class JsonPlace {
    /** More different places than any policy has; beyond, a crafted document would fill the memory. */
    private static final int MOST_PLACES = 4_096;

    private static final int ELSEWHERE = -1;
    private static final int ELEMENT = -2;
    private static final byte[][] NO_KEYS = {};

    private final All all;
    private final int[] positions;
    private final JsonRule rule;
    private final byte[][] keys;
    private final JsonPlace[] below;
    private JsonPlace elsewhere;
    private JsonPlace element;

    private JsonPlace(All all, int[] positions, JsonRule around) {
        this.all = all;
        this.positions = positions;
        this.rule = all.reached(positions, around);
        this.keys = all.spelledOut(positions);
        this.below = new JsonPlace[keys.length];
    }

    /** Where documents begin. */
    static JsonPlace root(List<JsonRule> rules) {
        All all = new All(List.copyOf(rules));
        int[] positions = new int[rules.size()];
        Arrays.fill(positions, 1);
        return all.place(positions, null);
    }

    /** What holds here, or of a place around; null when no path names it. */
    JsonRule rule() {
        return rule;
    }

    /** The index of the key among those that a path spells out here; -1 for any other key. */
    int indexOf(byte[] bytes, int offset, int length) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].length == length && Bytes.same(keys[i], 0, bytes, offset, length)) {
                return i;
            }
        }
        return -1;
    }

    /** Where a key leads that has this index. */
    JsonPlace below(int index) {
        if (index >= 0) {
            JsonPlace known = below[index];
            return known != null ? known : keep(index, new String(keys[index], StandardCharsets.UTF_8));
        }
        return elsewhere != null ? elsewhere : keep(ELSEWHERE, null);
    }

    /** Where an array's elements are. */
    JsonPlace element() {
        return element != null ? element : keep(ELEMENT, "");
    }

    private JsonPlace keep(int index, String to) {
        JsonPlace place = all.place(all.advanced(positions, to), rule);
        if (all.full()) {
            return place;
        }
        switch (index) {
            case ELSEWHERE -> elsewhere = place;
            case ELEMENT -> element = place;
            default -> below[index] = place;
        }
        return place;
    }

    /** Every place reached so far. */
    private static final class All {
        private final List<JsonRule> rules;
        private final Map<List<Object>, JsonPlace> known = new HashMap<>();

        private All(List<JsonRule> rules) {
            this.rules = rules;
        }

        private JsonPlace place(int[] positions, JsonRule around) {
            List<Object> identity = new ArrayList<>();
            // A rule of the list is told from another by its place in it: rules may be equal otherwise.
            identity.add(around == null ? -1 : rules.indexOf(around));
            Arrays.stream(positions).forEach(identity::add);
            JsonPlace place = known.get(identity);
            if (place == null) {
                place = new JsonPlace(this, positions, around);
                if (!full()) {
                    known.put(identity, place);
                }
            }
            return place;
        }

        private boolean full() {
            return known.size() >= MOST_PLACES;
        }

        private JsonRule reached(int[] positions, JsonRule around) {
            for (int i = 0; i < positions.length; i++) {
                if (rules.get(i).path().reached(positions[i])) {
                    return rules.get(i);
                }
            }
            return around;
        }

        private int[] advanced(int[] positions, String key) {
            int[] next = new int[positions.length];
            for (int i = 0; i < next.length; i++) {
                next[i] = rules.get(i).path().advance(positions[i], key);
            }
            return next;
        }

        private byte[][] spelledOut(int[] positions) {
            Set<String> keys = new LinkedHashSet<>();
            for (int i = 0; i < positions.length; i++) {
                keys.addAll(rules.get(i).path().keysAt(positions[i]));
            }
            return keys.stream()
                    .map(key -> key.getBytes(StandardCharsets.UTF_8))
                    .toList()
                    .toArray(NO_KEYS);
        }
    }
}
