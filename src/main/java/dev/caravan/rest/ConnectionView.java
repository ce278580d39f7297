package dev.caravan.rest;

import dev.caravan.connection.ConnectionConfig;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What callers may know of a connection: never its login, its password or its settings. */
record ConnectionView(
        String name,
        String role,
        Optional<String> classification,
        String host,
        int port,
        String database,
        Map<String, String> links) {
    static ConnectionView of(ConnectionConfig config) {
        return new ConnectionView(
                config.name(),
                config.role().name().toLowerCase(Locale.ROOT),
                config.classification(),
                config.url().host(),
                config.url().port(),
                config.database(),
                Map.of("check", Contract.BASE + "/connections/" + config.name() + "/check"));
    }
}
