package dev.caravan.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** Runs PostgreSQL's own client programs against a test database as its superuser. */
public final class ClientPrograms {
    private static final int NEWEST = 25;

    private ClientPrograms() {}

    /**
     * Runs a program to its end and returns what it printed.
     *
     * @param input what the program reads, empty for nothing
     * @throws IllegalStateException with the program's own message when it ends with another code than 0
     */
    public static String run(TestDatabase database, String input, String program, String... arguments) {
        return run(0, database.server().major(), database, input, program, arguments);
    }

    /** The same with a program of at least this major version, so that two servers' versions are told in one way. */
    public static String runOf(int major, TestDatabase database, String program, String... arguments) {
        return run(0, major, database, "", program, arguments);
    }

    /** Runs a program that may end with 1 because it passed over errors, as pg_restore does. */
    public static void runWithErrors(TestDatabase database, String program, String... arguments) {
        run(1, database.server().major(), database, "", program, arguments);
    }

    private static String run(
            int highestCode, int major, TestDatabase database, String input, String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(find(program, major).toString());
        command.addAll(List.of(arguments));
        try {
            Path messages = Files.createTempFile("client", ".err");
            Path printed = Files.createTempFile("client", ".out");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectError(messages.toFile())
                        .redirectOutput(printed.toFile());
                address(builder.environment(), database);
                Process process = builder.start();
                try (OutputStream in = process.getOutputStream()) {
                    in.write(input.getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // The program ended before it had read everything: its exit code and its message say why.
                }
                int code = process.waitFor();
                if (code > highestCode) {
                    throw new IllegalStateException(program + " ended with " + code + ": "
                            + new String(Files.readAllBytes(messages), StandardCharsets.UTF_8));
                }
                return Files.readString(printed);
            } finally {
                Files.delete(messages);
                Files.delete(printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void address(Map<String, String> environment, TestDatabase database) {
        environment.keySet().removeIf(name -> name.startsWith("PG"));
        environment.put("PGHOST", database.server().host());
        environment.put("PGPORT", String.valueOf(database.server().port()));
        environment.put("PGUSER", database.server().superuser());
        environment.put("PGPASSWORD", database.server().password());
        environment.put("PGDATABASE", database.name());
        environment.put("PGOPTIONS", "-c client_min_messages=warning");
        environment.put("PGCLIENTENCODING", "UTF8");
        environment.put("LC_ALL", "C.UTF-8");
    }

    /** The oldest installed program that is new enough; a test whose server is too new for all of them is skipped. */
    private static Path find(String program, int major) {
        return IntStream.rangeClosed(major, NEWEST)
                .mapToObj(version -> List.of(
                        Path.of("/usr/lib/postgresql/" + version + "/bin", program),
                        Path.of("/usr/pgsql-" + version + "/bin", program),
                        Path.of("/opt/homebrew/opt/postgresql@" + version + "/bin", program)))
                .flatMap(List::stream)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> {
                    Assumptions.abort("no " + program + " of PostgreSQL " + major + " or newer is installed");
                    return null;
                });
    }
}
