package dev.caravan.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary directory for all that the demo writes; removed when closed. */
record DemoDirectory(Path path) implements AutoCloseable {
    static DemoDirectory create() throws IOException {
        return new DemoDirectory(Files.createTempDirectory("caravan-demo-"));
    }

    Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // A server that is still ending removes files under our feet; what stays is in the system's temporary
            // folder.
        }
    }
}
