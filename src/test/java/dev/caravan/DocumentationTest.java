package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caravan.schema.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages name what there is, all of it, and nothing else. */
class DocumentationTest {
    private static final Pattern PROBLEM = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (\\d+) \\| (yes|no) \\|");
    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `(caravan\\.[A-Za-z.]+)` \\|");
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

    @Test
    void everySettingOfTheServiceHasItsLine() throws IOException {
        assertEquals(
                new TreeSet<>(ServiceSettings.KNOWN),
                SETTING.matcher(page("configuration.md"))
                        .results()
                        .map(line -> line.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)));
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
