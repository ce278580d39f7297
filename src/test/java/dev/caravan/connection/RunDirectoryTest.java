package dev.caravan.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    Path base;

    private static ConnectionConfig connection(String host, String user, String password) {
        return new ConnectionConfig(
                "c",
                new DatabaseUrl(host, 5433, "d", Map.of()),
                ConnectionConfig.Role.SOURCE,
                Optional.empty(),
                user,
                Secret.of(password),
                Optional.empty(),
                Map.of(),
                "postgres",
                false,
                true,
                Optional.empty(),
                List.of(),
                List.of(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }

    @Test
    void onlyTheOwnerCanReadThePasswordsAndTheyGoWithTheRun() throws IOException {
        Path passfile;
        try (RunDirectory run = RunDirectory.create(base, "job")) {
            passfile = run.passfile(List.of(connection("::1", "a:b", "p\\w:d"), connection("h", "u", "")));

            assertEquals("\\:\\:1:5433:*:a\\:b:p\\\\w\\:d\n", Files.readString(passfile));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(passfile)));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(run.path())));
        }
        assertFalse(Files.exists(passfile.getParent()));
    }

    @Test
    void aLineBreakCannotAddAnEntry() {
        try (RunDirectory run = RunDirectory.create(base, "job")) {
            assertThrows(CaravanException.class, () -> run.passfile(List.of(connection("h", "u", "a\n*:*:*:*:b"))));
        }
    }

    @Test
    void sweepingTakesTheDeadAndSparesTheLiving() throws IOException {
        Path dead = Files.createDirectory(base.resolve("run-00000000-dead"));
        Files.writeString(dead.resolve("passfile"), "x");
        Files.createFile(dead.resolve("lock"));
        Path cut = Files.createDirectory(base.resolve("run-00000000-cut"));
        Path others = Files.createDirectory(base.resolve("others"));
        try (RunDirectory run = RunDirectory.create(base, "living")) {
            RunDirectory.sweep(base);

            assertTrue(Files.isDirectory(run.path()) && Files.isDirectory(others));
            assertFalse(Files.exists(dead) || Files.exists(cut));
        }
    }
}
