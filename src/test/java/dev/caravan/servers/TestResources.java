package dev.caravan.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text files from the tests' class path. */
public final class TestResources {
    private TestResources() {}

    /**
     * @param path absolute, such as {@code /scenarios/domains/source.sql}
     * @throws IllegalArgumentException when there is no such file
     */
    public static String text(String path) {
        try (InputStream in = TestResources.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no " + path + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> fixtureExtensionFiles() {
        return List.of("caravan_fixture.control", "caravan_fixture--1.0.sql");
    }
}
