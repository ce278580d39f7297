package dev.caravan.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Where the contract is, and what it says in numbers. */
final class Contract {
    /** The path that the contract's server has. */
    static final String BASE = "/api/v1";

    /** On the class path. */
    static final String RESOURCE = "openapi/caravan.yaml";

    /** The largest body in bytes. */
    static final long MAX_BODY_BYTES = 1_048_576;

    private Contract() {}

    /** The file as it is. */
    static String text() {
        try (InputStream in = Contract.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
