package dev.caravan.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Where the contract is, and what it says in numbers. */
final class Contract {
    /** The path that the contract's server has. */
    static final String BASE = "/api/v1";

    /** On the class path. */
    static final String RESOURCE = "openapi/caravan.yaml";

    /** The largest body in bytes. */
    static final long MAX_BODY_BYTES = 1_048_576;

    private Contract() {}

    /** Read when it is first used, and once: three parts of a service ask for it while it starts. */
    private static final class Document {
        static final Map<?, ?> READ =
                (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text());
    }

    /** The file's content: maps, lists, texts, numbers and booleans. Not to be changed. */
    static Map<?, ?> document() {
        return Document.READ;
    }

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
