package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.connection.ConnectionSettings;
import dev.caravan.rest.AuthSettings;
import dev.caravan.schedule.ScheduleSettings;
import dev.caravan.schedule.WebhookSettings;
import dev.caravan.schema.ErrorCode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages name what there is, all of it, and nothing else. */
class DocumentationTest {
    private static final Pattern PROBLEM = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (\\d+) \\| (yes|no) \\|");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)[^)]*\\)");

    private static String page(String name) throws IOException {
        return Files.readString(Path.of("docs", name));
    }

    @Test
    void everyErrorCodeHasItsLineWithItsStatus() throws IOException {
        List<String> documented = PROBLEM.matcher(page("problems.md"))
                .results()
                .map(line -> line.group(1) + " " + line.group(2) + " " + line.group(3))
                .sorted()
                .toList();
        assertEquals(
                Arrays.stream(ErrorCode.values())
                        .map(code -> code.code() + " " + code.httpStatus() + " " + (code.retryable() ? "yes" : "no"))
                        .sorted()
                        .toList(),
                documented);
    }

    /** {@code -Dtest=DocumentationTest -Dupdate.docs=true} writes them. */
    @Test
    void theTablesOfSettingsAreThoseOfTheCode() throws IOException {
        Path file = Path.of("docs", "configuration.md");
        String written = Files.readString(file);
        String made = written;
        for (SettingGroup group : Settings.GROUPS) {
            Matcher table = Pattern.compile("(?s)(<!-- settings: " + group.name() + " -->\n).*?(<!-- end -->)")
                    .matcher(made);
            assertTrue(table.find(), group.name());
            made = made.substring(0, table.end(1)) + group.table() + made.substring(table.start(2));
        }
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(file, made);
        } else {
            assertEquals(made, written, "-Dupdate.docs=true writes the tables anew");
        }
    }

    @Test
    void theCatalogueOfSettingsIsWhatTheReadersKnow() throws IOException {
        Map<String, Set<String>> known = Map.of(
                "connections", ConnectionSettings.KNOWN,
                "schedules", ScheduleSettings.KNOWN,
                "webhooks", WebhookSettings.KNOWN,
                "keys", AuthSettings.KNOWN);
        Settings.GROUPS.stream()
                .filter(SettingGroup::named)
                .forEach(group -> assertEquals(new TreeSet<>(known.get(group.name())), group.names(), group.name()));
        // The routes take some by their names, out of this file.
        Properties defaults = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            defaults.load(in);
        }
        defaults.stringPropertyNames().stream()
                .filter(name -> name.startsWith("caravan.") && !name.equals("caravan.run.directory"))
                .forEach(name -> assertEquals(defaults.getProperty(name), Settings.otherwise(name), name));
    }

    @Test
    void everyLinkToAFileLeadsSomewhere() throws IOException {
        TreeSet<String> broken = new TreeSet<>();
        try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
            for (Path page :
                    pages.filter(file -> file.toString().endsWith(".md")).toList()) {
                Matcher link = LINK.matcher(Files.readString(page));
                while (link.find()) {
                    if (!Files.exists(page.resolveSibling(link.group(1)))) {
                        broken.add(page + ": " + link.group(1));
                    }
                }
            }
        }
        assertEquals(new TreeSet<>(), broken);
    }
}
