package dev.caravan.job;

import java.time.Duration;

/**
 * Where jobs are kept and for how long they are whose.
 *
 * @param url {@code jdbc:sqlite:file} or {@code jdbc:postgresql://…}
 * @param username for PostgreSQL, else empty
 * @param password for PostgreSQL, else empty
 * @param node the name under which this process holds jobs; no two living processes may share one
 * @param lease how long a job stays this node's without a heartbeat
 * @param queueLimit how many jobs may wait
 */
public record StoreSettings(String url, String username, String password, String node, Duration lease, int queueLimit) {
    public StoreSettings {
        if (node.isEmpty() || lease.isNegative() || lease.isZero() || queueLimit < 1) {
            throw new IllegalArgumentException("a store has a node's name, a lease and room for a job");
        }
    }

    /** Without the password, and without the URL, which may hold one. */
    @Override
    public String toString() {
        return "StoreSettings[node=" + node + ", lease=" + lease + ", queueLimit=" + queueLimit + "]";
    }
}
