package dev.caravan.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.jar.JarFile;

/** Starts a PostgreSQL of the embedded binaries; the library's own shutdown hook stops it and removes its files. */
final class EmbeddedServer {
    private EmbeddedServer() {}

    /** @param major of the binaries; absent for those that the build brings */
    static TestServer start(OptionalInt major) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
            major.ifPresent(wanted -> builder.setPgBinaryResolver((system, hardware) -> binaries(wanted)));
            EmbeddedPostgres postgres = builder
                    // Nothing here has to outlive a crash.
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("wal_level", "logical")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("max_locks_per_transaction", "128")
                    .setServerConfig("shared_buffers", "64MB")
                    .setServerConfig("timezone", "UTC")
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setLocaleConfig("encoding", "UTF-8")
                    .setCleanDataDirectory(true)
                    .setRegisterShutdownHook(true)
                    .start();
            TestServer server = new TestServer("localhost", postgres.getPort(), "postgres", "postgres");
            installFixtureExtension(server);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Maven's profile {@code versions} has put beside the classes: one archive in a jar for each major. */
    private static InputStream binaries(int major) throws IOException {
        Path folder = Path.of("target", "postgres-binaries");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*-" + major + ".*.jar")) {
            // The stream that is handed out keeps its jar open until the JVM ends.
            JarFile jar = new JarFile(jars.iterator().next().toFile());
            return jar.getInputStream(jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow());
        } catch (NoSuchElementException | NoSuchFileException e) {
            throw new IllegalStateException(
                    "there are no binaries of PostgreSQL " + major + " in " + folder + "; run Maven with -Pversions",
                    e);
        }
    }

    /** The contrib extensions have no configuration tables, so the tests bring one of their own that has. */
    private static void installFixtureExtension(TestServer server) throws IOException {
        Path folder;
        try (Connection connection = server.connect("postgres")) {
            folder = Path.of(Sql.text(connection, "SELECT setting FROM pg_config WHERE name = 'SHAREDIR'"))
                    .resolve("extension");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        for (String file : TestResources.fixtureExtensionFiles()) {
            // Other JVMs may share the binaries' folder: the file appears whole or not at all.
            Path whole = Files.createTempFile(folder, "fixture", ".part");
            Files.writeString(whole, TestResources.text("/extensions/" + file));
            Files.setPosixFilePermissions(whole, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(whole, folder.resolve(file), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
