package dev.caravan.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Starts a PostgreSQL of the embedded binaries; the library's own shutdown hook stops it and removes its files. */
final class EmbeddedServer {
    private EmbeddedServer() {}

    static TestServer start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
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
