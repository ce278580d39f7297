package dev.caravan.mask;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** One value for all rows, read once from its printed form. */
final class LiteralMask {
    private LiteralMask() {}

    /** @throws MaskRefused when the text is no value of the column's type */
    static ValueMask of(String text, MaskedColumn column) {
        if (text.indexOf(0) >= 0) {
            throw new MaskRefused("no text of PostgreSQL has a zero byte");
        }
        try {
            return switch (column.kind()) {
                case INTEGER -> number(Long.parseLong(text));
                case BOOLEAN -> number(truth(text));
                case DATE, TIME, TIMESTAMP -> parsed(text, column);
                case DECIMAL -> {
                    BigDecimal decimal = new BigDecimal(text);
                    fits(decimal, column);
                    yield (value, output) -> output.decimal(decimal);
                }
                case FLOAT -> {
                    double real = Double.parseDouble(text);
                    yield (value, output) -> output.real(real);
                }
                case UUID -> {
                    java.util.UUID uuid = java.util.UUID.fromString(text);
                    yield (value, output) -> output.uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
                }
                case ENUM -> {
                    if (!column.labels().isEmpty() && !column.labels().contains(text)) {
                        throw new MaskRefused("the enum has no such label");
                    }
                    yield bytes(text);
                }
                case JSON -> {
                    Output read = new Output().clear();
                    byte[] document = text.getBytes(StandardCharsets.UTF_8);
                    new JsonMask(List.of(), "keep", "keep", column.hash())
                            .mask(new Value().bytes(ValueKind.JSON, document, 0, document.length), read);
                    if (read.form() != Output.Form.BYTES) {
                        throw new MaskRefused("the value given is no " + column.typeName());
                    }
                    yield bytes(text);
                }
                case BYTES -> bytes(raw(text));
                case INET -> taken(text, new BinaryInet(column.typeName().equals("cidr")), column);
                case MACADDR -> taken(text, new BinaryMac(), column);
                default -> {
                    column.needsLength(text.codePointCount(0, text.length()));
                    yield bytes(text);
                }
            };
        } catch (IllegalArgumentException e) {
            throw new MaskRefused("the value given is no " + column.typeName());
        }
    }

    /** The plainest value of the column's type, as PostgreSQL prints it. */
    static String plainest(MaskedColumn column) {
        return switch (column.kind()) {
            case TEXT, BYTES, HSTORE -> "";
            case INTEGER, DECIMAL, FLOAT -> "0";
            case BOOLEAN -> "false";
            case DATE -> "2000-01-01";
            case TIME -> column.typeName().equals("timetz") ? "00:00:00+00" : "00:00:00";
            case TIMESTAMP ->
                column.typeName().equals("timestamptz") ? "2000-01-01 00:00:00+00" : "2000-01-01 00:00:00";
            case UUID -> "00000000-0000-0000-0000-000000000000";
            case JSON -> "{}";
            case INET -> "192.0.2.0";
            case MACADDR -> "02:00:00:00:00:00";
            case ENUM -> column.labels().isEmpty() ? "" : column.labels().get(0);
            case OTHER ->
                throw new MaskRefused("type " + column.typeName() + " has no plainest value; use fixed or null");
        };
    }

    private static ValueMask parsed(String text, MaskedColumn column) {
        Codec codec = PrintedCodecs.of(column.kind(), column.typeName())
                .orElseThrow(() -> new MaskRefused("a fixed " + column.typeName() + " cannot be given"));
        Value value = new Value();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!codec.decode(bytes, 0, bytes.length, value)) {
            throw new MaskRefused("the value given is no " + column.typeName());
        }
        return number(value.number());
    }

    /** The column's scale rounds it first. */
    private static void fits(BigDecimal decimal, MaskedColumn column) {
        if (column.precision().isPresent()) {
            int scale = column.scale().orElse(0);
            BigDecimal rounded = decimal.setScale(scale, RoundingMode.HALF_UP);
            if (rounded.signum() != 0
                    && rounded.precision() > column.precision().getAsInt()) {
                throw new MaskRefused("the value given has more digits than the column holds");
            }
        }
    }

    private static ValueMask taken(String text, Codec codec, MaskedColumn column) {
        Output output = new Output().clear();
        output.append(text.getBytes(StandardCharsets.UTF_8));
        if (!codec.encode(output, new Bytes(32))) {
            throw new MaskRefused("the value given is no " + column.typeName());
        }
        return bytes(text);
    }

    private static long truth(String text) {
        return switch (text) {
            case "true", "t" -> 1;
            case "false", "f" -> 0;
            default -> throw new MaskRefused("the value given is neither true nor false");
        };
    }

    private static ValueMask number(long number) {
        return (value, output) -> output.number(number);
    }

    /** As byteain reads it: hexadecimal digits after \\x, and otherwise the characters; of backslashes it makes more, which nobody needs here. */
    private static byte[] raw(String text) {
        if (text.startsWith("\\x")) {
            return HexFormat.of().parseHex(text, 2, text.length());
        }
        if (text.indexOf('\\') >= 0) {
            throw new MaskRefused("bytes are written in hexadecimal, after \\x");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ValueMask bytes(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ValueMask bytes(byte[] bytes) {
        return (value, output) -> output.append(bytes);
    }
}
