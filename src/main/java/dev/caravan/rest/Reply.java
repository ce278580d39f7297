package dev.caravan.rest;

import java.util.Map;
import java.util.TreeMap;

/**
 * An answer that is more than a body: routes that end with any other record answer 200 with that record as JSON.
 *
 * @param status the HTTP status
 * @param headers response headers
 * @param body a record that is written as JSON, or null for none
 */
record Reply(int status, Map<String, String> headers, Object body) {
    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply of(int status, Object body) {
        return new Reply(status, Map.of(), body);
    }

    Reply with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }
}
