package dev.caravan.mask;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Replaces the value by one of a column of a CSV file of the operator's. The file lies in the directory {@code lookups} where the service
 * runs: a policy may come with a request, and whoever may ask for a copy must not read any other file by it.
 */
final class LookupMasker implements Masker {
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");
    private static final long MOST_BYTES = 16L << 20;

    private final Path directory;

    LookupMasker() {
        this(Path.of("lookups"));
    }

    LookupMasker(Path directory) {
        this.directory = directory;
    }

    @Override
    public String name() {
        return "lookup";
    }

    @Override
    public String description() {
        return "Replaces the value by one from a CSV file in the directory lookups, where the service runs: by a chosen one, or the one beside it.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.required(
                        "file",
                        Parameter.Type.TEXT,
                        "The file's name, such as parts.csv; UTF-8, with a header, at most 16 MB."),
                Parameter.required("column", Parameter.Type.TEXT, "The column's name in the header."),
                Parameter.optional(
                        "key",
                        Parameter.Type.TEXT,
                        "Another column of the file: a value that stands there becomes what stands beside it, and any other one a chosen one."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Example example() {
        return new Example(Map.of("file", "parts.csv", "column", "name"), "text", "Left-handed example");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        String file = settings.text("file");
        if (!FILE.matcher(file).matches()) {
            throw new MaskRefused("file must be the plain name of a file in the directory lookups");
        }
        String name = settings.text("column");
        Optional<String> key = settings.optionalText("key");
        List<CSVRecord> rows = rows(directory.resolve(file), name, key);
        List<String> words =
                rows.stream().map(row -> word(row, name)).distinct().toList();
        if (words.isEmpty()) {
            throw new MaskRefused("the file's column is empty");
        }
        column.needsLength(words.stream()
                .mapToInt(word -> word.codePointCount(0, word.length()))
                .max()
                .getAsInt());
        Dictionary dictionary = Dictionary.of(words);
        KeyedHash hash = column.hash();
        if (key.isEmpty()) {
            return (value, output) -> output.append(dictionary.choose(value.hash(hash)));
        }
        Map<String, byte[]> beside = new HashMap<>();
        rows.forEach(row -> beside.put(word(row, key.get()), word(row, name).getBytes(StandardCharsets.UTF_8)));
        return (value, output) -> {
            byte[] word = beside.get(value.text());
            output.append(word == null ? dictionary.choose(value.hash(hash)) : word);
        };
    }

    /** Those with something in the column. */
    private static List<CSVRecord> rows(Path file, String column, Optional<String> key) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try {
            if (!Files.isRegularFile(file)) {
                throw new MaskRefused("there is no such file in the directory lookups");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new MaskRefused("the file is greater than 16 MB");
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            // Spreadsheets put a byte order mark before the header.
            try (CSVParser parser = CSVParser.parse(text.startsWith("\uFEFF") ? text.substring(1) : text, format)) {
                if (!parser.getHeaderMap().containsKey(column)
                        || !parser.getHeaderMap().containsKey(key.orElse(column))) {
                    throw new MaskRefused("the file's header has no such column");
                }
                return parser.stream()
                        .filter(row -> row.isSet(column) && row.isSet(key.orElse(column)))
                        .filter(row -> !word(row, column).isEmpty())
                        .toList();
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            // The cause may quote a line of the file.
            throw new MaskRefused("the file is not readable as CSV in UTF-8");
        }
    }

    private static String word(CSVRecord row, String column) {
        return row.get(column).strip();
    }
}
