package dev.caravan.connection;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pair of PostgreSQL client programs that copies definitions.
 *
 * @param pgDump the program that reads them
 * @param pgRestore the program of the same directory that writes them
 * @param major its major version, such as 15
 * @param version as the program says it, such as {@code 15.19}
 * @param warning one sentence when this minor version has known holes
 */
public record ClientTools(Path pgDump, Path pgRestore, int major, String version, Optional<String> warning) {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)(?:\\.(\\d+))?[^ ]*)");

    /** The first minor of each major without the known holes. */
    private static final Map<Integer, Integer> SOUND_MINOR = Map.of(15, 19, 16, 15, 17, 11, 18, 6);

    /**
     * The programs of the lowest installed major version that can read the source.
     *
     * @param sourceMajor the source server's major version
     * @param directories where to look; empty for the usual places and the PATH
     * @throws CaravanException {@code tool-missing} with what to install
     */
    public static ClientTools find(int sourceMajor, List<Path> directories) {
        Set<Path> places = new LinkedHashSet<>(directories.isEmpty() ? usualPlaces() : directories);
        Set<String> found = new TreeSet<>();
        List<ClientTools> usable = new ArrayList<>();
        for (Path place : places) {
            Optional<ClientTools> tools = in(place);
            if (tools.isPresent() && tools.get().major() == sourceMajor) {
                // None can be lower. Asking the others takes as long as a small copy's plan.
                return tools.get();
            }
            tools.ifPresent(other -> {
                found.add(other.version());
                if (other.major() > sourceMajor) {
                    usable.add(other);
                }
            });
        }
        return usable.stream()
                .min(Comparator.comparingInt(ClientTools::major))
                .orElseThrow(() -> missing(sourceMajor, found, directories));
    }

    private static CaravanException missing(int sourceMajor, Set<String> found, List<Path> directories) {
        String seen = found.isEmpty() ? "none was found" : "found: " + String.join(", ", found);
        return CaravanException.of(
                ErrorCode.TOOL_MISSING,
                "pg_dump and pg_restore of version " + sourceMajor + " or later are needed; " + seen + ".",
                "Install postgresql-client-" + sourceMajor + " or later"
                        + (directories.isEmpty()
                                ? ", or name its directory in caravan.tools.path."
                                : ", and name its directory in caravan.tools.path, which is what was searched."));
    }

    private static List<Path> usualPlaces() {
        List<Path> places = new ArrayList<>();
        addMatching(places, Path.of("/usr/lib/postgresql"), "*");
        addMatching(places, Path.of("/usr"), "pgsql-*");
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String place : path.split(File.pathSeparator, -1)) {
            if (!place.isEmpty()) {
                places.add(Path.of(place));
            }
        }
        return places;
    }

    private static void addMatching(List<Path> places, Path parent, String glob) {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent, glob)) {
            children.forEach(child -> places.add(child.resolve("bin")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ClientTools> in(Path directory) {
        Path dump = directory.resolve("pg_dump");
        Path restore = directory.resolve("pg_restore");
        if (!Files.isExecutable(dump) || !Files.isExecutable(restore)) {
            return Optional.empty();
        }
        Optional<Matcher> dumpVersion = version(dump);
        Optional<Matcher> restoreVersion = version(restore);
        if (dumpVersion.isEmpty()
                || restoreVersion.isEmpty()
                || !dumpVersion.get().group(1).equals(restoreVersion.get().group(1))) {
            return Optional.empty();
        }
        String version = dumpVersion.get().group(1);
        int major = Integer.parseInt(dumpVersion.get().group(2));
        int minor = Optional.ofNullable(dumpVersion.get().group(3))
                .map(Integer::parseInt)
                .orElse(0);
        return Optional.of(new ClientTools(dump, restore, major, version, warning(major, minor)));
    }

    static Optional<String> warning(int major, int minor) {
        return Optional.ofNullable(SOUND_MINOR.get(major))
                .filter(sound -> minor < sound)
                .map(sound -> "The client programs are of version " + major + "." + minor
                        + ", which has known security holes; install " + major + "." + sound + " or later.");
    }

    /** A program that cannot say its version, such as a wrapper without the program behind it, counts as not there. */
    private static Optional<Matcher> version(Path program) {
        try (ClientProgram run = new ClientProgram(program, ClientProgram.cleanEnvironment())) {
            String said = new String(run.run(List.of("--version"), new byte[0]), StandardCharsets.UTF_8);
            Matcher matcher = VERSION.matcher(said);
            return matcher.find() ? Optional.of(matcher) : Optional.empty();
        } catch (CaravanException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
