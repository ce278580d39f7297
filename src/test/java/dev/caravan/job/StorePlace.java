package dev.caravan.job;

import java.time.Duration;

/** An empty database for a store; closing it removes it. */
record StorePlace(String url, String username, String password, Runnable remove) implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(30);

    StoreSettings settings(String node, int queueLimit) {
        return settings(url, username, password, node, queueLimit);
    }

    static StoreSettings settings(String url, String username, String password, String node, int queueLimit) {
        return new StoreSettings(url, username, password, node, LEASE, queueLimit);
    }

    @Override
    public void close() {
        remove.run();
    }
}
