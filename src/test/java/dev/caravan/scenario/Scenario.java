package dev.caravan.scenario;

import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestResources;
import dev.caravan.servers.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A database that is hard to copy.
 *
 * @param name its folder, such as {@code circular-keys}
 */
public record Scenario(String name) {
    private static final Pattern NEEDS = Pattern.compile("^-- Needs PostgreSQL (\\d+)\\.$", Pattern.MULTILINE);
    private static final Pattern COMMENT = Pattern.compile("#.*|\\s*");

    /** All scenarios, by name; a parameter source: {@code @MethodSource("dev.caravan.scenario.Scenario#all")}. */
    public static Stream<Scenario> all() {
        URL folder = Objects.requireNonNull(Scenario.class.getResource("/scenarios"));
        try (Stream<Path> folders = Files.list(Path.of(folder.toURI()))) {
            return folders
                    .filter(Files::isDirectory)
                    .map(path -> new Scenario(path.getFileName().toString()))
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A new database filled with the scenario, which the caller closes. Skips the calling test where the server is too old for it.
     */
    public TestDatabase load(TestServer server) {
        String script = TestResources.text("/scenarios/" + name + "/source.sql");
        Matcher needs = NEEDS.matcher(script);
        int needed = needs.find() ? Integer.parseInt(needs.group(1)) : 0;
        Assumptions.assumeTrue(server.major() >= needed, () -> name + " needs PostgreSQL " + needed);
        createRoles(server);
        TestDatabase database = server.createDatabase(name.replace('-', '_'));
        try {
            database.run(script);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        return database;
    }

    /** Makes the roles that own or may use something in a scenario; on a server that has them, nothing happens. */
    public static void createRoles(TestServer server) {
        server.administer(TestResources.text("/scenarios/roles.sql"));
    }

    /**
     * What pg_dump and pg_restore cannot reproduce: a difference is expected when it begins with one of these lines. Usually
     * empty.
     */
    public List<String> expectedDifferences() {
        return expected("expected.txt");
    }

    /** The same for a copy of ours: {@code expected-copy.txt} where it differs from pg_restore's by intent. */
    public List<String> expectedDifferencesOfACopy() {
        return Scenario.class.getResource("/scenarios/" + name + "/expected-copy.txt") == null
                ? expectedDifferences()
                : expected("expected-copy.txt");
    }

    private List<String> expected(String fileName) {
        String file = "/scenarios/" + name + "/" + fileName;
        if (Scenario.class.getResource(file) == null) {
            return List.of();
        }
        return TestResources.text(file)
                .lines()
                .filter(line -> !COMMENT.matcher(line).matches())
                .toList();
    }

    /** A mask policy by the scenario's name: what {@code masks.yaml} says, and otherwise whatever masker a type takes. */
    public String maskPolicy() {
        String file = "/scenarios/" + name + "/masks.yaml";
        String own = Scenario.class.getResource(file) == null ? "" : TestResources.text(file);
        return name + ":\n" + ("onUndecided: default-masker\nlargeObjects: skip\n" + own).indent(2);
    }

    /** As JUnit shows it. */
    @Override
    public String toString() {
        return name;
    }
}
