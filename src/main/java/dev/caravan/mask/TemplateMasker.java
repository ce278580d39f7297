package dev.caravan.mask;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a text from other columns of the row, masked ones as they are masked. */
final class TemplateMasker implements Masker {
    @Override
    public String name() {
        return "template";
    }

    @Override
    public String description() {
        return "Makes a text from other columns of the row, masked ones as they are masked.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.required(
                "template",
                Parameter.Type.TEXT,
                "The text, with other columns in braces: {first_name}.{last_name}@example.com."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    private static final Pattern COLUMN = Pattern.compile("\\{([^{}]+)}|[^{]+|\\{");

    private record Piece(int column, String literal) {}

    @Override
    public Example example() {
        return new Example(Map.of("template", "nobody@example.com"), "text", "anna@corp.example");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        List<Piece> pieces = new ArrayList<>();
        Matcher matcher = COLUMN.matcher(settings.text("template"));
        while (matcher.find()) {
            pieces.add(
                    matcher.group(1) != null
                            ? new Piece(column.other(matcher.group(1)), "")
                            : new Piece(-1, matcher.group()));
        }
        return (value, output) -> {
            for (Piece piece : pieces) {
                String text = piece.column() < 0 ? piece.literal() : value.row().text(piece.column());
                output.append(text == null ? "" : text);
            }
        };
    }
}
