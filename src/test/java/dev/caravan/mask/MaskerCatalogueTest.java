package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caravan.schema.ColumnType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/maskers.md is written from what the maskers say of themselves; its examples show that a key gives the same in every version. */
class MaskerCatalogueTest {
    private static final MaskKey KEY =
            MaskKey.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
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
                different: `bijective` always, `kept-in-practice` but for a chance that no table reaches, `lost` not. The examples are masked with the key
                `000102…1f`, which nobody should use; the same key gives the same in every version.

                | Masker | What it does | Values | Unique | Parameters | Example |
                |---|---|---|---|---|---|
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
                    + uniqueness(masker) + " | " + (parameters.isEmpty() ? "–" : parameters) + " | " + example(masker)
                    + " |\n");
        }
        return page.toString();
    }

    /** What becomes of the masker's own example; nothing for one that needs a file. */
    private static String example(Masker masker) {
        Masker.Example example = masker.example();
        if (masker instanceof LookupMasker) {
            return "–";
        }
        boolean isEnum = example.type().equals("enum");
        ColumnType type = new ColumnType(
                25,
                "pg_catalog",
                example.type(),
                isEnum ? ColumnType.Kind.ENUM : ColumnType.Kind.BASE,
                true,
                List.of());
        ColumnMask mask = new ColumnMask(
                "c",
                type,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                false,
                isEnum ? MaskerCases.LABELS : List.of(),
                masker.name(),
                List.of(MaskRule.of(masker.name(), Settings.check(masker, example.parameters(), new ArrayList<>()))));
        RowMask rows = RowMask.of(
                List.of("c"), Map.of("c", type), Map.of("c", mask), KEY, Maskers.of(List.of(masker)), RowForm.TEXT);
        byte[] row = (example.before().replace("\\", "\\\\") + "\n").getBytes(StandardCharsets.UTF_8);
        rows.mask(row, row.length, 1);
        String after = new String(rows.bytes(), 0, rows.length() - 1, StandardCharsets.UTF_8);
        return cell("`" + example.before() + "` → "
                + (after.equals("\\N")
                        ? "NULL"
                        : after.isEmpty() ? "nothing" : "`" + after.replace("\\\\", "\\") + "`"));
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
