package dev.caravan.mask;

import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A stub instead of a file: nothing, an image of one pixel, or as many zeros. */
public final class BytesMasker implements Masker {
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    @Override
    public String name() {
        return "bytes";
    }

    @Override
    public String description() {
        return "A stub instead of a file.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.choice("stub", "empty", "What takes its place.", "empty", "png", "zeros"));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.BYTES);
    }

    @Override
    public boolean mayReuse() {
        return false;
    }

    @Override
    public Example example() {
        return new Example(Map.of(), "bytea", "\\x414243");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        byte[] pixel = Base64.getDecoder().decode(PIXEL);
        return switch (settings.text("stub")) {
            case "png" -> (value, output) -> output.append(pixel);
            case "zeros" -> (value, output) -> output.append(new byte[value.length()]);
            default -> (value, output) -> output.append(new byte[0]);
        };
    }
}
