package dev.caravan.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientProgramTest {
    @TempDir
    Path directory;

    private Path script(String name, String body) throws IOException {
        Path file = Files.createDirectories(directory.resolve(name)).resolve("pg_dump");
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        Files.deleteIfExists(file.resolveSibling("pg_restore"));
        Files.createLink(file.resolveSibling("pg_restore"), file);
        return file;
    }

    @Test
    void largeInputAndOutputAndErrorsDoNotBlockEachOther() throws IOException {
        byte[] input = new byte[3_000_000];
        Path program = script("cat", "head -c 1000000 /dev/zero >&2; cat");
        try (ClientProgram run = new ClientProgram(program, Map.of("PATH", "/bin:/usr/bin"))) {
            assertEquals(input.length, run.run(List.of(), input).length);
        }
    }

    @Test
    void theProgramSeesNothingOfOurEnvironmentButWhatItNeeds() throws IOException {
        Path program = script("env", "env | cut -d= -f1");
        try (ClientProgram run = new ClientProgram(program, ClientProgram.cleanEnvironment())) {
            List<String> names =
                    new String(run.run(List.of(), new byte[0]), UTF_8).lines().toList();
            assertTrue(names.contains("LC_ALL") && names.contains("PATH"));
            assertFalse(
                    names.stream().anyMatch(name -> name.startsWith("PG") || name.startsWith("MAVEN")),
                    names::toString);
        }
    }

    @Test
    void closingEndsAProgramThatDoesNotWantToEnd() throws Exception {
        Path started = directory.resolve("started");
        Path program = script("deaf", "trap '' TERM; touch '" + started + "'; while :; do sleep 1; done");
        ClientProgram run = new ClientProgram(program, Map.of("PATH", "/bin:/usr/bin"));
        CompletableFuture<byte[]> running = CompletableFuture.supplyAsync(() -> run.run(List.of(), new byte[0]));
        Awaitility.await().until(() -> Files.exists(started));

        run.close();

        ExecutionException error = assertThrows(ExecutionException.class, () -> running.get(10, TimeUnit.SECONDS));
        assertEquals(
                ErrorCode.INTERRUPTED, CaravanException.in(error).orElseThrow().code());
    }

    @Test
    void theLowestSufficientVersionIsTaken() throws IOException {
        for (String version : List.of("14.9", "16.15", "17.2")) {
            script(version, "echo 'pg_dump (PostgreSQL) " + version + " (Debian)'");
        }
        List<Path> places = List.of(directory.resolve("17.2"), directory.resolve("14.9"), directory.resolve("16.15"));

        assertEquals("16.15", ClientTools.find(15, places).version());
        assertTrue(ClientTools.find(15, places).warning().isEmpty());
        assertTrue(ClientTools.find(17, places).warning().isPresent());
        assertEquals(
                ErrorCode.TOOL_MISSING,
                assertThrows(CaravanException.class, () -> ClientTools.find(18, places))
                        .code());
    }
}
