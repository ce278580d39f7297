package dev.caravan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.support.service.ServiceSupport;

/** <code>{{file:/run/secrets/shop}}</code>: what a file holds, without the line's end, as orchestrators hand out secrets. */
final class FileSecrets extends ServiceSupport implements PropertiesFunction {
    private static final long LARGEST_BYTES = 64 * 1024;

    @Override
    public String getName() {
        return "file";
    }

    @Override
    public String apply(String path) {
        try {
            Path file = Path.of(path);
            if (Files.size(file) > LARGEST_BYTES) {
                throw new IllegalArgumentException("the file of a reference is too large");
            }
            return Files.readString(file).strip();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("the file of a reference cannot be read");
        }
    }
}
