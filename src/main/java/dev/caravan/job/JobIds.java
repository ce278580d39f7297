package dev.caravan.job;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Makes ids for jobs: UUIDs of version 7 (RFC 9562, section 5.7). */
public final class JobIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private JobIds() {}

    /** A new id; ids made in different milliseconds sort by time. */
    public static String next(Instant now) {
        long high = now.toEpochMilli() << 16 | 0x7000L | RANDOM.nextInt(0x1000);
        long low = 0x8000_0000_0000_0000L | RANDOM.nextLong() >>> 2;
        return new UUID(high, low).toString();
    }
}
