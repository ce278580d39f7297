package dev.caravan.job;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A SQLite store's file, held by this process alone: an operating system's lock on {@code <file>.lock}, which a killed process
 * loses by itself. The lock file stays behind, since removing it would race with whoever opens it next.
 */
final class StoreFile implements AutoCloseable {
    /**
     * The files held in this JVM. Closing any channel of a file drops all POSIX locks that the process has on it, so a second
     * attempt must be refused before it opens one.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private StoreFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * @param name what stands after {@code jdbc:sqlite:}
     * @throws CaravanException {@code configuration} when the file cannot be there or is held already
     */
    static StoreFile hold(String name) {
        Path file = resolve(name);
        if (!HELD.add(file)) {
            throw inUse(file);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file.resolveSibling(file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return new StoreFile(file, channel);
            }
        } catch (IOException e) {
            release(file, channel);
            throw unwritable(file);
        }
        release(file, channel);
        throw inUse(file);
    }

    @Override
    public void close() {
        release(file, channel);
    }

    private static void release(Path file, FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The descriptor is gone in any case, and the lock with it.
        } finally {
            HELD.remove(file);
        }
    }

    private static Path resolve(String name) {
        String path = name.startsWith("file:") ? name.substring("file:".length()) : name;
        int query = path.indexOf('?');
        path = query < 0 ? path : path.substring(0, query);
        if (path.isEmpty() || path.startsWith(":")) {
            throw CaravanException.of(
                    ErrorCode.CONFIGURATION,
                    "The job store's URL names no file.",
                    "Jobs must outlive the process: set caravan.store.url to jdbc:sqlite:<file>.");
        }
        Path file = Path.of(path).toAbsolutePath().normalize();
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(file)) {
            throw unwritable(file);
        }
        try {
            // Two names of one file must meet at one lock.
            return Files.exists(file)
                    ? file.toRealPath()
                    : directory.toRealPath().resolve(file.getFileName());
        } catch (IOException e) {
            throw unwritable(file);
        }
    }

    static CaravanException unwritable(Path file) {
        return CaravanException.of(
                ErrorCode.CONFIGURATION,
                "The job store's file " + file + " cannot be opened for writing.",
                "Make its directory and let the service's user write there, or set caravan.store.url to another file.");
    }

    private static CaravanException inUse(Path file) {
        return CaravanException.of(
                ErrorCode.CONFIGURATION,
                "The job store's file " + file + " is in use by another process.",
                "Stop the other process, give this one a file of its own, or let both share a PostgreSQL store"
                        + " (caravan.store.url).");
    }
}
