package dev.caravan.rest;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;

/** Reads query parameters from the address alone: the server's own map also holds what it found in the path. */
final class Query {
    private Query() {}

    /** Every parameter with all its values, decoded. */
    static Map<String, List<String>> of(String uri) {
        try {
            return new QueryStringDecoder(uri).parameters();
        } catch (IllegalArgumentException e) {
            throw Problems.ofStatus(400);
        }
    }
}
