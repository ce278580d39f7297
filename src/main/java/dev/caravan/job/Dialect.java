package dev.caravan.job;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;

/** The two databases a store may live in, and the few words in which they differ. */
enum Dialect {
    /** A file, open in one process. */
    SQLITE("jdbc:sqlite:", "", "COLLATE BINARY"),
    /** A server that several nodes share. */
    POSTGRESQL("jdbc:postgresql:", " FOR UPDATE SKIP LOCKED", "COLLATE \"C\"");

    private final String urlPrefix;
    private final String skipLocked;
    private final String bytewise;

    Dialect(String urlPrefix, String skipLocked, String bytewise) {
        this.urlPrefix = urlPrefix;
        this.skipLocked = skipLocked;
        this.bytewise = bytewise;
    }

    /** @throws CaravanException {@code configuration} for any other URL */
    static Dialect of(String url) {
        for (Dialect dialect : values()) {
            if (url.startsWith(dialect.urlPrefix)) {
                return dialect;
            }
        }
        throw CaravanException.of(
                ErrorCode.CONFIGURATION,
                "The job store's URL names no database that can hold it.",
                "Set caravan.store.url to jdbc:sqlite:<file> or to jdbc:postgresql://<host>:<port>/<database>.");
    }

    /** The URL without what names the driver. */
    String rest(String url) {
        return url.substring(urlPrefix.length());
    }

    /** What ends a subquery that picks a row for this session alone: empty where there is only one session. */
    String skipLocked() {
        return skipLocked;
    }

    /** The collation that compares text byte by byte. */
    String bytewise() {
        return bytewise;
    }
}
