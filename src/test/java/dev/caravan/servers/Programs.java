package dev.caravan.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the machine that refuse to run as root: run as {@code postgres} where the tests are root. */
public final class Programs {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private Programs() {}

    /** Where a program is, in these folders or on the path. */
    public static Optional<Path> find(String name, String... folders) {
        return Stream.concat(
                        Stream.of(folders),
                        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether programs can run as somebody who is not root. */
    public static boolean unprivilegedUserIsThere() {
        try {
            return !ROOT || Files.lines(Path.of("/etc/passwd")).anyMatch(line -> line.startsWith("postgres:"));
        } catch (IOException e) {
            return false;
        }
    }

    /** A new folder that the unprivileged user owns. */
    public static Path folder() {
        return Path.of(run("mktemp", "-d").strip());
    }

    /**
     * Runs a program to its end.
     *
     * @return what it printed
     * @throws IllegalStateException with what it printed when it ends with another code than 0, or not within a minute
     */
    public static String run(String... command) {
        try {
            Path printed = Files.createTempFile("program", ".out");
            try {
                // A file and not a pipe: a server that the program starts would keep a pipe open.
                Process process = new ProcessBuilder(unprivileged(command))
                        .redirectErrorStream(true)
                        .redirectOutput(printed.toFile())
                        .start();
                boolean ended = process.waitFor(60, TimeUnit.SECONDS);
                String output = Files.readString(printed);
                if (!ended || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new IllegalStateException(command[0] + " failed: " + output);
                }
                return output;
            } finally {
                Files.delete(printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> unprivileged(String... command) {
        List<String> whole = new ArrayList<>(ROOT ? List.of("runuser", "-u", "postgres", "--") : List.of());
        whole.addAll(List.of(command));
        return whole;
    }
}
