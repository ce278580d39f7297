package dev.caravan.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Where the next page begins: the kind of list and the last item's keys, as a text that means nothing to a caller. */
final class Cursor {
    private Cursor() {}

    /** @param kind the list that the cursor belongs to, so that it is refused by another */
    static String of(String kind, String... keys) {
        List<String> parts = new ArrayList<>(List.of(keys));
        parts.add(0, kind);
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.MAPPER.writeValueAsBytes(parts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of texts can be written", e);
        }
    }

    /**
     * The keys that {@link #of} was given.
     *
     * @throws CaravanException {@code validation} when the cursor was not made for this kind of list
     */
    static List<String> keys(String kind, int count, String cursor) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(cursor.getBytes(StandardCharsets.US_ASCII));
            String[] parts = Json.MAPPER.readValue(json, String[].class);
            List<String> keys = List.of(parts).subList(1, parts.length);
            if (parts[0].equals(kind)
                    && keys.size() == count
                    && of(kind, keys.toArray(String[]::new)).equals(cursor)) {
                return keys;
            }
        } catch (IOException | RuntimeException e) {
            throw invalid();
        }
        throw invalid();
    }

    static CaravanException invalid() {
        return CaravanException.of(
                        ErrorCode.VALIDATION,
                        "The cursor is none that this list gave.",
                        "Take the cursor from \"next\" of the page before, or leave it out to begin anew.")
                .with("parameter", "cursor");
    }
}
