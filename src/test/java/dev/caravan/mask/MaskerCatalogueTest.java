package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/maskers.md is written from what the maskers say of themselves. */
class MaskerCatalogueTest {
    private static final Path PAGE = Path.of("docs", "maskers.md");

    @Test
    void thePageListsEveryMaskerAsItIs() throws IOException {
        String wanted = page();
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(PAGE, wanted);
        }
        assertEquals(
                wanted,
                Files.exists(PAGE) ? Files.readString(PAGE) : "",
                "docs/maskers.md is out of date; write it anew with"
                        + " ./mvnw test -Dtest=MaskerCatalogueTest -Dupdate.docs=true");
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Maskers

                Written from the code; how a policy names them is in [masking.md](masking.md). *Unique* says whether different values stay
                different: `bijective` always, `kept-in-practice` but for a chance that no table reaches, `lost` not.

                | Masker | What it does | Values | Unique | Parameters |
                |---|---|---|---|---|
                """);
        for (Masker masker : Maskers.load().all()) {
            String accepts = masker.accepts().size() == ValueKind.values().length
                    ? "all"
                    : masker.accepts().stream()
                            .sorted()
                            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
            String parameters = masker.parameters().stream()
                    .map(MaskerCatalogueTest::parameter)
                    .collect(Collectors.joining("<br>"));
            page.append("| `" + masker.name() + "` | " + cell(masker.description()) + " | " + accepts + " | "
                    + uniqueness(masker) + " | " + (parameters.isEmpty() ? "–" : parameters) + " |\n");
        }
        return page.toString();
    }

    private static String uniqueness(Masker masker) {
        Settings settings = Settings.check(masker, masker.example().parameters(), new ArrayList<>());
        return masker.uniqueness(settings).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String parameter(Parameter parameter) {
        String given = parameter.choices().isEmpty()
                ? parameter.type().name().toLowerCase(Locale.ROOT)
                : String.join(", ", parameter.choices());
        return cell("`" + parameter.name() + "` (" + given
                + parameter.defaultValue().map(value -> "; default " + value).orElse("")
                + (parameter.required() ? "; required" : "") + "): " + parameter.description());
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
