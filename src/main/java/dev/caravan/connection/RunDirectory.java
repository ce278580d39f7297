package dev.caravan.connection;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.UUID;

/**
 * A job's private directory for the little that the client programs can only take from a file: passwords and lists of
 * archive entries. Nobody but the service's user can enter it; it goes with the job. Not thread-safe.
 */
public final class RunDirectory implements AutoCloseable {
    private static final String LOCK = "lock";

    /** Tells this process's directories from those of others, dead or alive, when sweeping. */
    private static final String PROCESS = UUID.randomUUID().toString().substring(0, 8);

    private final Path directory;
    private final FileChannel lock;

    private RunDirectory(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Makes the directory of one run of a job below {@code base}, which is made too when it is not there. */
    public static RunDirectory create(Path base, String jobId) {
        Path directory = base.resolve("run-" + PROCESS + "-" + jobId);
        try {
            Files.createDirectories(base);
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                delete(directory);
            }
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel lock =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            FileLock held = lock.lock();
            assert held.isValid();
            return new RunDirectory(directory, lock);
        } catch (IOException e) {
            throw unusable(base, e);
        }
    }

    /**
     * Deletes what runs of processes that are gone have left below {@code base}; the directories of this process and of living
     * ones, whose lock is held, stay.
     */
    public static void sweep(Path base) {
        if (!Files.isDirectory(base)) {
            return;
        }
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(base, "run-*")) {
            for (Path run : runs) {
                // Closing a second channel on a file would release this process's own lock on it.
                if (!run.getFileName().toString().startsWith("run-" + PROCESS)
                        && Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS)
                        && abandoned(run)) {
                    delete(run);
                }
            }
        } catch (IOException e) {
            throw unusable(base, e);
        }
    }

    private static boolean abandoned(Path run) throws IOException {
        try (FileChannel channel = FileChannel.open(run.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            return held != null;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /**
     * Writes libpq's password file with an entry for each connection that has a password. The database stands as *, since
     * a line cannot hold every name that a database can have.
     *
     * @throws CaravanException {@code configuration} for a login or password with a line break, which the file cannot hold
     */
    public Path passfile(Collection<ConnectionConfig> connections) {
        StringBuilder lines = new StringBuilder();
        for (ConnectionConfig connection : connections) {
            if (!connection.password().isEmpty()) {
                lines.append(field(connection, connection.url().host())).append(':');
                lines.append(connection.url().port()).append(":*:");
                lines.append(field(connection, connection.username())).append(':');
                lines.append(field(connection, connection.password().reveal())).append('\n');
            }
        }
        return file("passfile", lines.toString());
    }

    private static String field(ConnectionConfig connection, String text) {
        if (text.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
            throw CaravanException.of(
                    ErrorCode.CONFIGURATION,
                    "The login or the password of the connection \"" + connection.name() + "\" holds a line break.",
                    "PostgreSQL's password file cannot carry it: change it.");
        }
        return text.replace("\\", "\\\\").replace(":", "\\:");
    }

    /** Writes a file that only the service's user can read, in place of one of the same name. */
    public Path file(String name, String text) {
        Path file = directory.resolve(name);
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    public Path path() {
        return directory;
    }

    /** Deletes the directory with all it holds; may be called twice. */
    @Override
    public void close() {
        try {
            delete(directory);
            lock.close();
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(directory);
    }

    private static CaravanException unusable(Path path, IOException e) {
        return CaravanException.of(
                        ErrorCode.CONFIGURATION,
                        "The run directory " + path + " cannot be used: "
                                + e.getClass().getSimpleName() + ".",
                        "Name a writable directory on a local POSIX file system.")
                .causedBy(e);
    }
}
